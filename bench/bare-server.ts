/**
 * The floor of a fan-out: a `ws` server that sends every message it gets to everybody, and does nothing else.
 * Run as a process of its own, since a gateway is one too. Prints its port.
 */
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("connection", (socket) => {
  socket.on("message", (data) => {
    for (const client of server.clients) client.send(data, { binary: false });
  });
});
server.on("listening", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) console.log(address.port);
});
