<?php
$parameters = array(
	'db_driver' => 'pdo_mysql',
	'db_host' => 'localhost',
	'mailer_append_tracking_pixel' => 1,
	'mailer_custom_headers' => array(

	),
	'messenger_dsn_email' => 'sync://',
	'messenger_dsn_hit' => 'doctrine://default?queue_name=hit',
	'disable_trackable_urls' => 0,
	'unsubscribe_text' => '<a href="|URL|">Unsubscribe</a> to no longer receive emails from us.',
	'webview_text' => '<a href="|URL|">Having trouble reading this email? Click here.</a>',
	'show_contact_preferences' => 0,
	'site_url' => 'https://m.acme.example',
	'trusted_proxies' => array(

	),
);
