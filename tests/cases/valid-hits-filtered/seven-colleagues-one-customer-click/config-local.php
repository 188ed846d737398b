<?php
$parameters = array(
	'site_url' => 'https://mail.borealis-tec.example',
	'do_not_track_ips' => array(
		0 => '198.51.100.2'
	),
	'anonymize_ip' => 0,
	'track_private_ip_ranges' => 0,
);
