<?php
$parameters = array(
	'site_url' => 'https://m.acme.example',
	'disable_trackable_urls' => 0,
	'messenger_dsn_hit' => 'sync://',
);
