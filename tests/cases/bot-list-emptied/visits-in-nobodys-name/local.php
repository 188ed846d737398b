<?php
$parameters = array(
    'site_url' => 'https://m.acme.example',
    'do_not_track_bots' => array(
    ),
);
