<?php
$parameters = array(
	'site_url' => 'https://m.acme.example',
	'anonymize_ip' => true,
	'do_not_track_ips' => array('203.0.113.9'),
);
