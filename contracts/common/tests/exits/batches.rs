//! Batches against a list of tickets, joined, cancelled and filled at random.

use super::amounts::amount;
use emetis_common::account::Account;
use emetis_common::queue::{Batch, Filled, Head, Joined, LENGTH, LONGEST, Refusal, SHORTEST, Sums};
use emetis_common::redemption::Rate;
use emetis_common::staking::{LIMIT, METIS};
use proptest::prelude::*;

const START: u64 = 1_800_000_000;

#[derive(Clone, Debug)]
enum Act {
    /// A ticket joins.
    Join(u128),
    /// Tries to cancel one of the tickets that there were.
    Cancel(prop::sample::Index),
    /// Time passes.
    Wait(u64),
    /// Fills batches with so much, at a rate of so many parts in a hundred, so many at most.
    Fill(u128, u128, u32),
    /// Batches that open from now on last so long.
    Length(u64),
}

fn act() -> impl Strategy<Value = Act> {
    let wait = prop_oneof![0..=10_u64, LENGTH - 1..=LENGTH + 1, 0..=2 * LENGTH];
    // Small enough for all of them to fit.
    let nominal = (1..=2_000_u128, 0..=METIS).prop_map(|(metis, wei)| metis * METIS + wei);
    let metis = prop_oneof![nominal.clone(), amount(), Just(0)];
    let fill = (metis, 0..=120_u128, 0..=4_u32);
    prop_oneof![
        6 => nominal.prop_map(Act::Join),
        3 => any::<prop::sample::Index>().prop_map(Act::Cancel),
        4 => wait.prop_map(Act::Wait),
        4 => fill.prop_map(|(metis, rate, most)| Act::Fill(metis, rate, most)),
        1 => (SHORTEST..=LONGEST).prop_map(Act::Length),
    ]
}

/// The slots of the queue, used as its program does.
#[derive(Clone, Debug)]
struct Queue {
    head: Head,
    sums: Sums,
    batches: Vec<Batch>,
    filled: Vec<Filled>,
}

impl Queue {
    fn last(&self) -> Batch {
        self.batches[self.head.batch() as usize]
    }

    fn due(&self) -> u128 {
        self.sums.waiting + self.head.uncounted(&self.last())
    }

    fn join(&mut self, now: u64, nominal: u128) -> (u32, u32) {
        let joined = self.head.join(now, nominal, &self.last()).unwrap();
        let number = joined.number();
        let Joined { head, batch, is_opened, counted } = joined;
        if is_opened {
            self.sums.waiting += counted;
            self.head = Head::unpack(&head.pack());
        }
        assert_eq!(
            (self.head, is_opened || counted == 0),
            (head, true),
            "only opening moves the head"
        );
        self.batches.resize(self.head.batch() as usize + 1, Batch::default());
        self.filled.resize(self.batches.len(), Filled::default());
        self.batches[number.batch as usize] = Batch::unpack(&batch.pack());
        (number.batch, number.place)
    }

    fn fill(&mut self, now: u64, rate: &Rate, metis: u128, most: u32) {
        let (mut head, mut taken, mut redeemed) = (self.head, 0, 0);
        for _ in 0..most {
            let number = head.front();
            let Some(batch) = self.batches.get(number as usize) else { break };
            if !head.is_closed(number, now, batch) {
                break;
            }
            let at = number as usize;
            let (filled, fill) = self.filled[at].fill(batch.nominal(), rate, metis - taken);
            if fill.nominal == 0 {
                break;
            }
            self.filled[at] = Filled::unpack(&filled.pack());
            (taken, redeemed) = (taken + fill.assets, redeemed + fill.nominal);
            if !filled.is_whole() {
                break;
            }
            head = head.with_front(number + 1);
        }
        let last = head.batch();
        let is_begun = self.filled[last as usize].nominal() > 0;
        if redeemed > 0 && (head.is_before_front(last) || is_begun) {
            self.sums.waiting += head.uncounted(&self.last());
            head = head.with_counted();
        }
        self.sums.waiting -= redeemed;
        self.sums.escrow += taken;
        (self.head, self.sums) = (Head::unpack(&head.pack()), Sums::unpack(&self.sums.pack()));
    }
}

/// A batch as anybody would write it down.
#[derive(Clone, Debug, Default)]
struct Naive {
    closes: u64,
    /// What each ticket is for, nothing once it was cancelled.
    tickets: Vec<u128>,
    redeemed: u128,
    assets: u128,
}

impl Naive {
    fn nominal(&self) -> u128 {
        self.tickets.iter().sum()
    }

    fn is_whole(&self) -> bool {
        self.nominal() > 0 && self.redeemed == self.nominal()
    }

    /// Whether tickets join it: it is the last one of the list.
    fn is_open(&self, now: u64) -> bool {
        !self.is_whole() && (now < self.closes || self.nominal() == 0)
    }
}

/// Fills batches in their order, at a rate of so many parts in a hundred.
fn fill(batches: &mut [Naive], now: u64, metis: u128, parts: u128, most: u32) {
    let parts = parts.min(100);
    let (count, mut left) = (batches.len(), metis);
    let waiting = batches.iter_mut().enumerate().filter(|(_, batch)| !batch.is_whole());
    for (at, batch) in waiting.take(most as usize) {
        if at + 1 == count && batch.is_open(now) {
            break;
        }
        let wants = batch.nominal() - batch.redeemed;
        let worth = |nominal: u128| nominal * parts / 100;
        let some = if worth(wants) <= left { wants } else { (left * 100 / parts).min(wants) };
        batch.redeemed += some;
        batch.assets += worth(some);
        left -= worth(some);
        if !batch.is_whole() {
            break;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_024))]

    #[test]
    fn states_order_and_sums_are_those_of_the_list(acts in prop::collection::vec(act(), 1..120)) {
        let head = Head::constructed(Account::ZERO);
        let mut queue = Queue {
            head,
            sums: Sums::default(),
            batches: vec![Batch::default()],
            filled: vec![Filled::default()],
        };
        let (mut naive, mut now, mut length) = (Vec::<Naive>::new(), START, LENGTH);
        let mut tickets = Vec::new();

        for act in acts {
            match act {
                Act::Wait(time) => now += time,
                Act::Length(next) => {
                    length = next;
                    queue.head = queue.head.with_length(next);
                }
                Act::Join(nominal) => {
                    if !naive.last().is_some_and(|last| last.is_open(now)) {
                        naive.push(Naive::default());
                    }
                    let number = naive.len();
                    let last = naive.last_mut().unwrap();
                    // The first of all, or since all were cancelled.
                    if last.nominal() == 0 {
                        last.closes = now + length;
                    }
                    last.tickets.push(nominal);
                    let expected = (number as u32, last.tickets.len() as u32);
                    prop_assert_eq!(queue.join(now, nominal), expected);
                    tickets.push(expected);
                }
                Act::Cancel(index) if !tickets.is_empty() => {
                    let (number, place) = tickets[index.index(tickets.len())];
                    let at = number as usize;
                    let is_last = at == naive.len();
                    let batch = &mut naive[at - 1];
                    let ticket = &mut batch.tickets[place as usize - 1];
                    if *ticket == 0 {
                        continue;
                    }
                    let stored = queue.batches[at];
                    let is_open = queue.head.is_open(number, now, &stored);
                    prop_assert_eq!(is_open, is_last && now < batch.closes && batch.redeemed == 0);
                    if is_open {
                        queue.batches[at] = stored.leave(*ticket);
                        *ticket = 0;
                    }
                }
                Act::Cancel(_) => {}
                Act::Fill(metis, parts, most) => {
                    let rate = Rate::new(parts, 100);
                    queue.fill(now, &rate, metis, most);
                    fill(&mut naive, now, metis, parts, most);
                }
            }

            let waiting: u128 = naive.iter().map(|batch| batch.nominal() - batch.redeemed).sum();
            prop_assert_eq!(queue.due(), waiting);
            let assets: u128 = naive.iter().map(|batch| batch.assets).sum();
            prop_assert_eq!(queue.sums.escrow, assets);
            prop_assert_eq!(queue.head.batch() as usize, naive.len());
            let front = naive.iter().position(|batch| !batch.is_whole()).unwrap_or(naive.len());
            prop_assert_eq!(queue.head.front() as usize, front + 1);
            for (at, batch) in naive.iter().enumerate() {
                let (number, is_last) = (at as u32 + 1, at + 1 == naive.len());
                let (stored, filled) = (queue.batches[at + 1], queue.filled[at + 1]);
                prop_assert_eq!(stored.nominal(), batch.nominal());
                prop_assert_eq!(stored.closes(), batch.closes);
                prop_assert_eq!(stored.tickets() as usize, batch.tickets.len());
                prop_assert_eq!(filled.nominal(), batch.redeemed);
                prop_assert_eq!(filled.assets(), batch.assets);
                let is_open = is_last && batch.is_open(now);
                prop_assert_eq!(queue.head.is_open(number, now, &stored), is_open);
                let is_closed = !is_open && !batch.is_whole();
                prop_assert_eq!(queue.head.is_closed(number, now, &stored), is_closed);
                prop_assert_eq!(queue.head.is_before_front(number), at < front);
                let shares = batch.tickets.iter().map(|ticket| filled.share_down(*ticket));
                prop_assert!(shares.sum::<u128>() <= batch.assets);
            }
        }
    }
}

#[test]
fn numbers_run_out_and_a_batch_fills_up() {
    let head = Head::constructed(Account::ZERO);
    let Joined { head, batch, .. } = head.join(START, LIMIT - 1, &Batch::default()).unwrap();

    assert_eq!(head.join(START, 2, &batch), Err(Refusal::BatchOverflow { nominal: LIMIT - 1 }));
    assert_eq!(
        head.join(START, u128::MAX, &batch),
        Err(Refusal::BatchOverflow { nominal: LIMIT - 1 })
    );
    assert_eq!(head.join(START, 1, &batch).unwrap().batch.nominal(), LIMIT);
    let full = Batch::new(1, START + 1, u32::MAX);
    assert_eq!(head.join(START, 1, &full), Err(Refusal::Exhausted { batch: 1 }));

    let mut slot = head.pack();
    slot[8..12].fill(0xff);
    let last = Head::unpack(&slot);
    assert_eq!(last.batch(), u32::MAX);
    assert_eq!(last.join(START + LENGTH, 1, &batch), Err(Refusal::Exhausted { batch: u32::MAX }));
}

#[test]
fn no_number_but_that_of_a_batch_is_open_or_closed() {
    let head = Head::constructed(Account::ZERO);

    for number in [0, 1, u32::MAX] {
        assert!(!head.is_open(number, START, &Batch::default()));
        assert!(!head.is_closed(number, START, &Batch::default()));
        assert!(!head.is_before_front(number));
    }
}
