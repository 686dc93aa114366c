"""Who is who: people, centres, roles, and the grants that open objects to them."""
