/*
 * The reservation protocol, for spin. One `Request` is one backend that serves one call of the Reservations module, with
 * the client behind it that sends the call again, under the same key, after a fault.
 *
 * Which part stands for which step (a comment with the same number marks it below):
 *   1  the idempotency row: a twin waits for the first one's end and is told its answer
 *   2  the staff lock (shared, or exclusive for BLOCK), then the slot locks, ascending
 *   3  the expiry of dead holds: the clock is read after the locks, rows are locked ascending and read again
 *   4  the check, a statement with a snapshot of its own, and the change, which stays the backend's own until commit
 *   5  the rows of the availability epochs, ascending, after all other rows
 *   6  commit: changes, answer and key in one step; only after it, in another step, the locks go
 *
 * READ COMMITTED: the globals `held`, `booked`, `past`, `place` and `version` are what is committed. A statement reads them in
 * one step; between two statements everybody else may run. What a transaction has written but not committed stands in
 * its own locals, and keeps others out only by the locks that PostgreSQL would hold.
 *
 * What is abstracted, and why nothing is lost by it:
 * - Time is two people (bits 0-3 and 4-7) of four slots. An interval is the set of the slots that it touches, so two that
 *   share a slot count as overlapping here although they may not in fact: the claim is stronger than the real one.
 *   The order of the bits stands for the order of the hashed keys; any fixed order does.
 * - The clock is a process that may end a hold at any moment after its commit, or never.
 * - There is no exclusion constraint: the locks alone must do.
 * - Locks are granted in any order, not first come, first served: every order of grants that PostgreSQL can produce is
 *   among them. Waiting behind a waiter adds no deadlock while all locks are taken in one order.
 * - A fault (a lost connection, a killed backend, lock_timeout, a deadlock's victim) may strike at any wait, before the
 *   commit, or after it, when the client does not learn of it. Faults per run are bounded, as is each client's patience.
 * - A refusal that keeps no answer leaves the key unused, which is what a fault before commit leaves too. One that keeps
 *   its answer is on the disk before it is told, so that no kill takes it back. One that is given before any lock, because
 *   the time is plainly taken, changes nothing and is among those that are given under the locks.
 * - Working time, qualification and notice only refuse; they hold no locks of their own.
 *
 * SCENARIO chooses who meets whom; it changes nothing outside `init`. FEWER leaves one choice of intervals, for the
 * search for cycles, which does not depend on them and needs twice the states. Each of these breaks one rule:
 *   NO_LOCK, SEEDS_KEY (only the first slot of each interval is locked), EARLY_SNAPSHOT (the check sees what was there
 *   before the locks), EARLY_RELEASE (session locks, given back before commit), UNSORTED_LOCKS, NO_KEY,
 *   CONFIRM_WITHOUT_LOCK (of slots or row), STALE_CLOCK (the transaction's begin), CANCEL_LOCKS_AFTER_ROW,
 *   EPOCHS_AT_EXPIRY (ending a hold raises epochs at once, so before the lock of the own row), FORGOTTEN_REFUSAL (a kill
 *   after the answer takes a refusal back), CANCEL_THE_PAST (what has taken place can be cancelled), BLIND_MARK (who was
 *   there is written down whatever the booking's version is), ENDLESS_FAULTS
 */

/* Rows 0-3 are those that the requests 0-3 insert, 4 and 5 were there before. Sets of rows, slots and people are bits. */
#define BIT(row)        (1 << (row))
#define LOWEST(set)     ((set) & (0 - (set)))
#define PEOPLE(slots)   ((((slots) & 15) != 0) + 2 * (((slots) & 240) != 0))
#define WITHOUT(a, b)   ((a) & (255 - (b)))

#define BOOK        1
#define HOLD        2
#define CONFIRM     3
#define CANCEL      4
#define RESCHEDULE  5
#define BLOCK       6
#define SWEEP       7
#define COMPLETE    8
#define NO_SHOW     9

#define UNUSED      0
#define CLAIMED     1
#define OK          2
#define REFUSED     3

/* Committed state. */
byte held, booked;
/* Bookings of which it is said whether the customer was there. */
byte past;
byte place[6];
byte version[6];
byte keys[4];

/* The wall clock, as far as it matters: the holds whose time is over. */
byte dead;

/* Locks. Exclusive ones are sets of what is locked. */
byte readers[2];
byte editors;
byte slotLocks;
byte rowLocks;
byte epochLocks;

/* How many faults may still strike. */
byte faults;

/* What the claims are about. */
byte effects[4];
bool overlapping, repeated, misanswered, overwritten, outlived, undone;
#ifdef FORGOTTEN_REFUSAL
/* The keys of which somebody was told that nothing was done. */
byte denied;
bool contradicted;
#endif

/* The place of a row if it is in the set of rows, and the places of all rows in the set. */
#define AT(row, rows)   (((rows) & BIT(row)) -> place[row] : 0)
#define PLACES(rows)    (AT(0, rows) | AT(1, rows) | AT(2, rows) | AT(3, rows) | AT(4, rows) | AT(5, rows))
/* The rows of the set that touch these slots. */
#define HIT(row, rows, slots)   (((AT(row, rows) & (slots)) != 0) * BIT(row))
#define HITS(rows, slots)       (HIT(0, rows, slots) | HIT(1, rows, slots) | HIT(2, rows, slots) \
                               | HIT(3, rows, slots) | HIT(4, rows, slots) | HIT(5, rows, slots))
/* Whether a row of the set touches a slot that a row before it touches. */
#define CLASHES(row, rows)      (AT(row, rows) & PLACES((rows) & (BIT(row) - 1)))
#define CLASH(rows)             (CLASHES(1, rows) | CLASHES(2, rows) | CLASHES(3, rows) \
                               | CLASHES(4, rows) | CLASHES(5, rows))

#define LIVE            (held | booked | past)
#define MARKS           (op == COMPLETE || op == NO_SHOW)
#define CREATES         (op == BOOK || op == HOLD || op == BLOCK)
#define CHANGES_ROW     (op == RESCHEDULE || op == CONFIRM || op == CANCEL || MARKS)

/* The slots whose keys are locked for these slots. */
#if defined(NO_LOCK)
#define SLOT_KEYS(slots)    0
#elif defined(SEEDS_KEY)
#define SLOT_KEYS(slots)    (LOWEST((slots) & 15) | LOWEST((slots) & 240))
#else
#define SLOT_KEYS(slots)    (slots)
#endif

/* Which of the locks still to be taken comes next. */
#ifdef UNSORTED_LOCKS
/* In the order of the visit's steps; the visits of odd requests begin with the other person. */
#define NEXT    (((me & 1) && (left & 240)) -> LOWEST(left & 240) : LOWEST(left))
#else
#define NEXT    LOWEST(left)
#endif

#ifdef STALE_CLOCK
#define CLOCK   begun
#else
#define CLOCK   dead
#endif

#ifdef ENDLESS_FAULTS
#define STRIKE  faults > 0
#else
#define STRIKE  faults > 0 -> faults--
#endif
/* A lost connection, a killed backend, a lock_timeout, a deadlock's victim. */
#define FAULT   :: atomic { STRIKE; goto struck }
#define TAKEN   left = WITHOUT(left, NEXT); if :: left == 0 -> break :: else fi

/* Each takes, one by one and waiting for each, the locks that stand in `left`. */
inline lock_staff_shared() {
    if
    :: left == 0
    :: else ->
        do
        :: atomic { !(editors & NEXT) -> readers[NEXT - 1]++; sharing = sharing | NEXT; TAKEN }
        FAULT
        od
    fi
}

inline lock_staff_exclusively() {
    do
    :: atomic {
        !(editors & NEXT) && readers[NEXT - 1] == 0 ->
        editors = editors | NEXT; editing = editing | NEXT; over = dead; TAKEN }
    FAULT
    od
}

inline lock_slots() {
    if
    :: left == 0
    :: else ->
        do
        :: atomic { !(slotLocks & NEXT) -> slotLocks = slotLocks | NEXT; mine = mine | NEXT; over = dead; TAKEN }
        FAULT
        od
    fi
}

inline lock_rows() {
    if
    :: left == 0
    :: else ->
        do
        :: atomic { !(rowLocks & NEXT) -> rowLocks = rowLocks | NEXT; rows = rows | NEXT; TAKEN }
        FAULT
        od
    fi
}

inline lock_epochs() {
    if
    :: left == 0
    :: else ->
        do
        :: atomic { !(epochLocks & NEXT) -> epochLocks = epochLocks | NEXT; epochs = epochs | NEXT; TAKEN }
        FAULT
        od
    fi
}

inline release_advisory() {
    slotLocks = WITHOUT(slotLocks, mine);
    editors = WITHOUT(editors, editing);
    readers[0] = readers[0] - (sharing & 1);
    readers[1] = readers[1] - (sharing >> 1);
    mine = 0; editing = 0; sharing = 0
}

/* All locks go, and with them what the transaction knew. */
inline release_all() {
    release_advisory();
    rowLocks = WITHOUT(rowLocks, rows);
    epochLocks = WITHOUT(epochLocks, epochs);
    rows = 0; epochs = 0; left = 0; touched = 0; begun = 0; over = 0; ending = 0; freed = 0; busy = 0; seen = 0;
    refused = false
}

/* What the client is told is what became of its key. */
inline tell() {
    misanswered = (op != SWEEP && (reply == OK) != (effects[key] == 1));
    assert(!misanswered);
#ifdef FORGOTTEN_REFUSAL
    denied = (reply == REFUSED -> denied | BIT(key) : denied);
    contradicted = (reply == OK && (denied & BIT(key)) != 0);
    assert(!contradicted);
#endif
    reply = 0
}

proctype Request(byte me, op, want, about, key) {
    byte touched;                       /* the slots whose locks it needs */
    byte sharing, editing, mine;        /* its locks: of people, of people exclusively, of slots, */
    byte rows, epochs;                  /* of rows, of epochs */
    byte left;                          /* what is still to be locked */
    byte begun;                         /* the clock at the transaction's begin */
    byte over;                          /* the holds that were over when its last advisory lock was granted */
    byte ending, freed;                 /* the holds it ends, and whose they are */
    byte busy;                          /* the rows in its way */
    byte seen;                          /* the version it means to change */
    byte reply;
    bool claims, refused;

again:
    /* 1. Blocks have identifiers of their own instead of a key, and the sweeper needs none. */
    if
    :: op == BLOCK || op == SWEEP
#ifdef NO_KEY
    :: else
#else
    :: else ->
        if
        :: atomic { keys[key] == UNUSED -> keys[key] = CLAIMED; claims = true }
        :: atomic { keys[key] > CLAIMED -> reply = keys[key]; tell(); goto done }
        FAULT
        fi
#endif
    fi;
#ifdef STALE_CLOCK
    begun = dead;
#endif
    /* What is to be locked is read before the locks, so the row is judged again, by its version, after them. */
    if
    :: op == RESCHEDULE -> seen = version[about]; touched = want | AT(about, LIVE)
#ifdef CONFIRM_WITHOUT_LOCK
    :: op == CONFIRM
#else
    :: op == CONFIRM -> touched = AT(about, LIVE)
#endif
    :: op == CANCEL || op == SWEEP
    /* The version that the salon has seen. */
    :: MARKS -> seen = version[about]
    :: CREATES -> touched = want
    fi;
#ifdef EARLY_SNAPSHOT
    busy = HITS(LIVE, want);
#endif

    /* 2 */
#ifndef NO_LOCK
    if
    :: op == BLOCK -> left = PEOPLE(touched); lock_staff_exclusively()
    :: else -> left = PEOPLE(touched); lock_staff_shared(); left = SLOT_KEYS(touched); lock_slots()
    fi;
#endif
    if
    :: op == BLOCK ->
        if
        :: atomic { place[me] != 0 -> reply = OK; release_all(); tell(); goto done }
        :: place[me] == 0
        fi
    :: else
    fi;

    /* 3 */
    if
    :: op == SWEEP ->
        /* FOR UPDATE SKIP LOCKED. */
        atomic { rows = WITHOUT(held & dead, rowLocks); rowLocks = rowLocks | rows; ending = rows }
    :: op != SWEEP && want != 0 ->
        left = HITS(held & CLOCK, want);
        lock_rows();
        /* Somebody may have confirmed or cancelled it while we waited for the row. */
        ending = rows & held
    :: else
    fi;
    freed = (ending == 0 -> 0 : PEOPLE(PLACES(ending)));
#ifdef EPOCHS_AT_EXPIRY
    left = freed; lock_epochs();
#endif

    /* 4. Own writes are seen: the holds just ended are no longer in the way. A booking is not in its own way. */
    if
    :: want != 0 ->
        atomic {
#ifndef EARLY_SNAPSHOT
            busy = HITS(WITHOUT(LIVE, ending | (op == RESCHEDULE -> BIT(about) : 0)), want);
#endif
            refused = (busy != 0);
            outlived = ((busy & held & over) != 0);
            assert(!outlived);
            busy = 0 }
    :: else
    fi;
    if
    :: CHANGES_ROW ->
#ifdef CONFIRM_WITHOUT_LOCK
        left = (op == CONFIRM -> 0 : BIT(about));
#else
        left = BIT(about);
#endif
        lock_rows();
        if
        :: op == RESCHEDULE -> refused = (refused || !(booked & BIT(about)) || version[about] != seen); seen = 0
        :: op == CONFIRM -> refused = (!(held & BIT(about)) || (CLOCK & BIT(about)))
#ifdef CANCEL_THE_PAST
        :: op == CANCEL -> refused = !(LIVE & BIT(about))
#else
        :: op == CANCEL -> refused = !((held | booked) & BIT(about))
#endif
        /* To correct what was said is a change as well; to say the same again is none, and is left out. */
#ifdef BLIND_MARK
        :: MARKS -> refused = !((booked | past) & BIT(about))
#else
        :: MARKS -> refused = (!((booked | past) & BIT(about)) || version[about] != seen); seen = 0
#endif
        fi
    :: else
    fi;
#ifdef CANCEL_LOCKS_AFTER_ROW
    if
    :: op == CANCEL -> left = PEOPLE(place[about]); lock_staff_shared(); left = place[about]; lock_slots()
    :: else
    fi;
#endif

    /* 5. A confirmed hold takes what was taken already, and so does a visit that is over; a refused move still ends holds. */
    if
    :: refused || op == SWEEP || op == CONFIRM || MARKS -> left = freed
    :: !refused && op == CANCEL -> left = PEOPLE(place[about])
    :: !refused && (CREATES || op == RESCHEDULE) -> left = freed | PEOPLE(touched)
    fi;
    touched = 0; freed = 0;
    left = WITHOUT(left, epochs);
    lock_epochs();

#ifdef EARLY_RELEASE
    atomic { release_advisory() };
#endif
    /* 6 */
    if
    :: atomic {
        overwritten = ((ending & held) != ending);
        undone = (!refused && (op == CANCEL || op == RESCHEDULE) && (past & BIT(about)) != 0);
        held = WITHOUT(held, ending);
        if
        :: refused || op == SWEEP
        :: !refused && (op == BOOK || op == BLOCK) -> booked = booked | BIT(me); place[me] = want
        :: !refused && op == HOLD -> held = held | BIT(me); place[me] = want
        :: !refused && op == CONFIRM ->
            outlived = ((over & BIT(about)) != 0);
            held = WITHOUT(held, BIT(about)); booked = booked | BIT(about); version[about]++
        :: !refused && op == CANCEL ->
            held = WITHOUT(held, BIT(about)); booked = WITHOUT(booked, BIT(about)); past = WITHOUT(past, BIT(about));
            version[about]++
        :: !refused && op == RESCHEDULE -> place[about] = want; version[about]++
        :: !refused && MARKS ->
#ifdef BLIND_MARK
            overwritten = (version[about] != seen); seen = 0;
#endif
            booked = WITHOUT(booked, BIT(about)); past = past | BIT(about);
            version[about]++
        fi;
        reply = (refused -> REFUSED : OK);
        effects[key] = effects[key] + (!refused && op != SWEEP);
#ifndef NO_KEY
        keys[key] = (claims -> reply : keys[key]);
#endif
        claims = false;
        overlapping = (CLASH(LIVE) != 0);
        repeated = (effects[key] > 1);
        assert(!overlapping);
        assert(!repeated);
        assert(!overwritten);
        assert(!undone);
        assert(!outlived) }
    FAULT
    fi;
    /* The locks go; the answer may be lost on its way. */
    if
    :: atomic { release_all(); tell(); goto done }
    :: atomic { STRIKE; reply = 0; release_all(); goto again }
#ifdef FORGOTTEN_REFUSAL
    :: atomic { reply == REFUSED -> release_all(); tell(); keys[key] = UNUSED; goto done }
#endif
    fi;

struck:
    /* Nothing of the transaction remains, and the client asks again. */
    atomic {
        keys[key] = (claims -> UNUSED : keys[key]);
        claims = false;
        release_all();
        goto again
    };
done:
    skip
}

/* Ends the time of a hold, some time. */
proctype Clock(byte row) {
end:
    atomic { held & BIT(row) -> dead = dead | BIT(row) }
}

init {
    byte a = 0, b = 0, c = 0, d = 0;
    atomic {
        /* A first request that is struck at its first wait begins anew: the run without faults is among these. */
        faults = 1;

#if SCENARIO == 1
        /* Bookings: three bookers and an editor. The bookers are alike, so their wishes may come sorted. */
#ifdef FEWER
        a = 3; b = 6; c = 12; d = 15 + 240;
#else
        if :: a = 3 :: a = 6 :: a = 12 :: a = 96 fi;
        if :: b = 3 :: b = 6 :: b = 12 :: b = 96 fi;
        if :: c = 3 :: c = 6 :: c = 12 :: c = 96 fi;
        if :: a <= b && b <= c :: else -> goto done fi;
        if :: d = 12 :: d = 15 + 240 fi;
#endif
        run Request(0, BOOK, a, 0, 0);
        run Request(1, BOOK, b, 0, 1);
        run Request(2, BOOK, c, 0, 2);
        run Request(3, BLOCK, d, 0, 3);
#elif SCENARIO == 2
        /* Visits: three of two people, and a long booking of one. */
#ifdef FEWER
        a = 3 + 48; b = 6 + 96; c = 12 + 48;
#else
        if :: a = 3 + 48 :: a = 6 + 96 :: a = 12 + 48 fi;
        if :: b = 3 + 48 :: b = 6 + 96 fi;
        if :: c = 3 + 48 :: c = 6 + 96 :: c = 12 + 48 fi;
        if :: a <= c :: else -> goto done fi;
#endif
        run Request(0, BOOK, a, 0, 0);
        run Request(1, BOOK, b, 0, 1);
        run Request(2, BOOK, c, 0, 2);
        run Request(3, BOOK, 7, 0, 3);
#elif SCENARIO == 3
        /* Twins: two backends serve one key, somebody cancels what they booked, somebody else wants it. */
        if :: a = 3 :: a = 6 :: a = 12 + 96 fi;
        run Request(0, BOOK, 6, 0, 0);
        run Request(1, BOOK, 6, 0, 0);
#ifdef FORGOTTEN_REFUSAL
        /* What stood in the way of the twins goes. */
        run Request(2, CANCEL, 0, 3, 2);
#else
        run Request(2, CANCEL, 0, 0, 2);
#endif
        run Request(3, BOOK, a, 0, 3);
#elif SCENARIO == 4
        /* Holds: one of both people is confirmed while two others want its time; a new one may end as well. */
        place[4] = 6 + 96; held = BIT(4);
#ifdef FEWER
        b = 96;
#else
        if :: b = 12 :: b = 96 fi;
#endif
        run Clock(4); run Clock(2);
        run Request(0, CONFIRM, 0, 4, 0);
        run Request(1, BOOK, 6, 0, 1);
        run Request(2, HOLD, b, 0, 2);
        run Request(3, SWEEP, 0, 0, 3);
#elif SCENARIO == 5
        /* Changes: a booking is moved twice at once and cancelled; a hold that may be over stands in the way. */
        place[4] = 3; booked = BIT(4);
        place[5] = 12; held = BIT(5);
#ifdef FEWER
        dead = BIT(5);
#else
        run Clock(5);
#endif
        run Request(0, RESCHEDULE, 12, 4, 0);
        run Request(1, RESCHEDULE, 96, 4, 1);
        run Request(2, CANCEL, 0, 4, 2);
        run Request(3, BOOK, 6, 0, 3);
#elif SCENARIO == 6
        /* Attendance: two of the salon's people say different things, the customer cancels, somebody wants the time. */
        place[4] = 6 + 96; booked = BIT(4);
        run Request(0, COMPLETE, 0, 4, 0);
        run Request(1, NO_SHOW, 0, 4, 1);
        run Request(2, CANCEL, 0, 4, 2);
        run Request(3, BOOK, 12, 0, 3);
#endif
    };
done:
    skip
}
