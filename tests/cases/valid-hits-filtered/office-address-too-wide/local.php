<?php
$parameters = array(
	'do_not_track_ips' => array(
		'203.0.113.4'
	),
	'anonymize_ip' => 0,
	'track_private_ip_ranges' => 0,
);
