<?php
$parameters = array(
	'site_url' => 'https://m.acme.example',
	'disable_trackable_urls' => 1,
	'mailer_append_tracking_pixel' => true,
);
