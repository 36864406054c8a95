package io.millrace.peers.aeronarchive;

import io.aeron.archive.ArchivingMediaDriver;
import org.agrona.concurrent.Agent;

/** Runs the media driver and the archive on one thread. The driver's work is called by the archive, which was given it. */
final class ServerAgent implements Agent {
    private final ArchivingMediaDriver server;

    ServerAgent(final ArchivingMediaDriver server) {
        this.server = server;
    }

    @Override
    public String roleName() {
        return "driver-and-archive";
    }

    @Override
    public int doWork() {
        return server.archive().invoker().invoke();
    }
}
