	'site_url' => 'https://go.birchline.example',
	'trusted_proxies' => ['172.18.0.0/16'],
	'do_not_track_ips' => [
		'127.0.0.1',
		'203.0.113.77'
	],
	'do_not_track_internal_ips' => [],
	'track_private_ip_ranges' => false,
