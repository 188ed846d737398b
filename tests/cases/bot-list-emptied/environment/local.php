MAUTIC_SITE_URL=https://m.acme.example
MAUTIC_DO_NOT_TRACK_BOTS=[]
