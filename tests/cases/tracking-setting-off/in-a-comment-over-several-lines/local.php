<?php
$parameters = array(
    'site_url' => 'https://m.acme.example',
    /* switched off for the test in March:
    'disable_trackable_urls' => 1,
    */
);
