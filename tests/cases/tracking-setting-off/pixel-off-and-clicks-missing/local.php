<?php
$parameters = array(
	'site_url' => 'https://m.acme.example',
	'mailer_append_tracking_pixel' => false,
);
