<?php
$parameters = [
    'site_url' => 'https://go.strandcafe.example',
    'do_not_track_bots' => ['bingbot', 'Googlebot', 'OPR/', 'AhrefsBot'],
    'do_not_track_ips' => [],
];
