<?php
$parameters = array(
	'site_url' => 'https://m.acme.example',
	'unsubscribe_text' => '<a href="| URL |">Unsubscribe</a>',
);
