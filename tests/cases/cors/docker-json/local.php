<?php
$parameters = array(
    'site_url' => 'https://m.acme.example',
    'cors_restrict_domains' => 1,
    'cors_valid_domains' => array(
        0 => 'https://acme.example',
    ),
);
