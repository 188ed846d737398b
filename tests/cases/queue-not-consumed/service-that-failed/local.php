'messenger_dsn_hit' => 'doctrine://default?queue_name=hit',
