<?php
$parameters = array(
    'site_url' => 'https://m.acme.example',
    'track_contact_by_ip' => 1,
);
