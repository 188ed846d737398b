MAUTIC_SITE_URL=https://m.acme.example
MAUTIC_TRACK_CONTACT_BY_IP=true
