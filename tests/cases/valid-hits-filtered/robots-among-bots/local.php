<?php
$parameters = array(
	'site_url' => 'https://m.acme.example',
	'do_not_track_ips' => array(

	),
	'do_not_track_bots' => array(
		'0' => 'Googlebot',
		'1' => 'applewebkit',
		'2' => 'SafariBot',
		'3' => ''
	),
);
