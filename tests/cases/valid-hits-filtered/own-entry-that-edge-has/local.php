'do_not_track_bots' => ['MSNBOT', 'Edg'],
