<?php
$parameters = array(
	'site_url' => 'https://courrier.verger.example',
	'messenger_dsn_email' => 'doctrine://default?queue_name=email',
	'messenger_dsn_hit' => 'doctrine://default?queue_name=hit',
	'disable_trackable_urls' => 0,
);
