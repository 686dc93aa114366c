"""Writers of trials in the portal's own format and in others; what another format cannot say is listed, never bent."""
