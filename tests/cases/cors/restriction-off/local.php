<?php
$parameters = array(
    'site_url' => 'https://m.acme.example',
    'cors_restrict_domains' => 0,
    'cors_valid_domains' => array(
    ),
);
