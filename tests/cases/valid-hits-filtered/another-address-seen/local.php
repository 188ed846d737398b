<?php
$parameters = array(
	'site_url' => 'https://m.acme.example',
	'messenger_dsn_hit' => 'sync://',
	'disable_trackable_urls' => 0,
	'trusted_proxies' => array(

	),
	'do_not_track_ips' => array(
		'0' => '198.51.100.7',
		'1' => '203.0.113.9'
	),
	'do_not_track_bots' => array('0' => 'Googlebot', '1' => 'Wget'),
);
