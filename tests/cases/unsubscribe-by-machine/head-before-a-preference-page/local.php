<?php
$parameters = array(
	'site_url' => 'https://m.acme.example',
	'show_contact_preferences' => 1,
);
