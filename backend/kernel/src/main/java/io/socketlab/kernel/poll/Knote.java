package io.socketlab.kernel.poll;

/** What a kqueue watches: one filter on one identifier. FreeBSD's struct knote. */
public final class Knote {

    private final Kqueue kqueue;
    private final Filter filter;
    private final long ident;
    private final int filterNumber;
    private long udata;

    /** As the program asked: kn_sfflags and kn_sdata. */
    private int wantedFflags;

    private long wantedData;

    /** As it is told: kn_flags, kn_fflags and kn_data. */
    private int flags;

    private int fflags;
    private long data;

    private final ReadyList.Link<Knote> link = new ReadyList.Link<>(this);
    private boolean active;
    private boolean disabled;

    Knote(Kqueue kqueue, Filter filter, Kevent change) {
        this.kqueue = kqueue;
        this.filter = filter;
        this.ident = change.ident();
        this.filterNumber = change.filter();
        this.udata = change.udata();
        this.wantedFflags = change.fflags();
        this.wantedData = change.data();
        this.flags =
                change.flags()
                        & ~(Kevent.EV_ADD
                                | Kevent.EV_DELETE
                                | Kevent.EV_ENABLE
                                | Kevent.EV_DISABLE);
        this.disabled = change.has(Kevent.EV_DISABLE);
    }

    long ident() {
        return ident;
    }

    /** EVFILT_… */
    int filterNumber() {
        return filterNumber;
    }

    Filter filter() {
        return filter;
    }

    /** NOTE_… as the program asked. */
    public int wantedFflags() {
        return wantedFflags;
    }

    /** The data the program gave: a low-water mark, a timer's period. */
    public long wantedData() {
        return wantedData;
    }

    void wants(int notes, long amount) {
        wantedFflags = notes;
        wantedData = amount;
    }

    /** kn_data: how much there is. */
    public void data(long amount) {
        data = amount;
    }

    long data() {
        return data;
    }

    /**
     * EV_EOF, which stays.
     *
     * @param errno the socket's error, 0 for none
     */
    public void endOfFile(int errno) {
        flags |= Kevent.EV_EOF;
        fflags = errno;
    }

    void set(int flag) {
        flags |= flag;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** As it stands now. */
    Kevent event() {
        return new Kevent(ident, filterNumber, flags, fflags, data, udata);
    }

    /** Likewise, with what the program asked of its filter until there is an error to tell. */
    Kevent standing() {
        int notes = has(Kevent.EV_EOF) ? fflags : wantedFflags;
        return new Kevent(ident, filterNumber, flags, notes, data, udata);
    }

    /** EV_CLEAR has been served. */
    void clear() {
        data = 0;
        fflags = 0;
    }

    /** What has happened and has not been told is forgotten. */
    void forget() {
        kqueue.deactivate(this);
        data = 0;
    }

    /** Something may have happened: the filter is to look, soon. */
    public void touch() {
        kqueue.touched(this);
    }

    // ---- how the kqueue keeps it

    ReadyList.Link<Knote> link() {
        return link;
    }

    boolean isActive() {
        return active;
    }

    void active(boolean now) {
        active = now;
    }

    boolean isDisabled() {
        return disabled;
    }

    void disabled(boolean now) {
        disabled = now;
    }

    /** The program gives it new data of its own. */
    void udata(long given) {
        udata = given;
    }
}
