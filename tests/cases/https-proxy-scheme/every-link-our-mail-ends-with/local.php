	'site_url' => 'https://links.morrowfield.example',
	'trusted_hosts' => [],
	'trusted_proxies' => [],
	'cookie_secure' => 1,
