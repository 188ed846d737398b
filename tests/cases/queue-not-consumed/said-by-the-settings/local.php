<?php
$parameters = array(
	'site_url' => 'https://m.acme.example',
	'messenger_dsn_hit' => 'doctrine://default?queue_name=hit',
);
