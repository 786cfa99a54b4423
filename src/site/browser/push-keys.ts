/** Where the device keeps what the server was told of its subscription last; nothing where alerts are off. */
export const pushKey = 'push';
/** Until when nobody is to be invited to alerts, milliseconds UTC. */
export const restKey = 'alerts-rest';
