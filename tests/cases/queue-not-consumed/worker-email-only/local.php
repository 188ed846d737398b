<?php
$parameters = array(
	'site_url' => 'https://info.baeckerei-moehrle.example',
	'messenger_dsn_email' => 'doctrine://default?queue_name=email',
	'messenger_dsn_hit' => 'doctrine://default?queue_name=hit',
	'messenger_dsn_failed' => 'doctrine://default?queue_name=failed',
	'mailer_append_tracking_pixel' => 1,
	'disable_trackable_urls' => 0,
);
