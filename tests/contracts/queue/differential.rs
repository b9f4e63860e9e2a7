//! Tickets beside OpenZeppelin's ERC-721: the same owners, approvals, events and errors.
//!
//! Not compared, as ours differ by design: transfers to the token itself.

use std::collections::BTreeMap;

use super::super::chance::check;
use super::super::fixtures::{IOzTickets as Oz, ITicketTaker as Taker, Taking};
use super::kit::*;
use alloy_primitives::{Address, Bytes, Log, LogData};
use alloy_sol_types::SolEvent;
use proptest::collection::vec;
use proptest::prelude::*;

/// Random stories.
const CASES: u32 = 96;
/// Steps of one at most.
const LONGEST: usize = 32;
/// Tickets that a step is about: some of them are not there.
const TICKETS: u64 = 4;

/// Whoever has the ticket that a step is about.
const OWNER: usize = usize::MAX;

#[derive(Clone, Copy, Debug)]
enum Step {
    Mint { who: usize },
    End { who: usize, id: u64 },
    Move { who: usize, from: usize, to: usize, id: u64 },
    Offer { who: usize, from: usize, to: usize, id: u64, says: usize, data: Option<u8> },
    Approve { who: usize, to: usize, id: u64 },
    Operator { who: usize, operator: usize, approved: bool },
}

fn any_step() -> impl Strategy<Value = Step> {
    // Alice, Bob and Carol; whoever has the ticket; a contract and nobody, who do not act.
    let (person, anyone, id) = (|| 0..3usize, || 0..5usize, || 1..=TICKETS);
    let who = || prop_oneof![1 => person(), 1 => Just(OWNER)];
    let data = prop_oneof![Just(None), any::<u8>().prop_map(Some)];
    prop_oneof![
        4 => person().prop_map(|who| Step::Mint { who }),
        1 => (who(), id()).prop_map(|(who, id)| Step::End { who, id }),
        4 => (who(), who(), anyone(), id())
            .prop_map(|(who, from, to, id)| Step::Move { who, from, to, id }),
        3 => (who(), who(), anyone(), id(), 0..SAYS.len(), data).prop_map(
            |(who, from, to, id, says, data)| Step::Offer { who, from, to, id, says, data }
        ),
        3 => (who(), anyone(), id()).prop_map(|(who, to, id)| Step::Approve { who, to, id }),
        2 => (person(), anyone(), any::<bool>())
            .prop_map(|(who, operator, approved)| Step::Operator { who, operator, approved }),
    ]
}

/// What the contract says to an offer.
const SAYS: [Taking; 6] = [
    Taking::Accept,
    Taking::Accept,
    Taking::Refuse,
    Taking::Silent,
    Taking::WrongMagic,
    Taking::Empty,
];

/// Both of them in a world.
struct Sides {
    world: World,
    oz: Address,
    taker: Address,
    people: [Address; 5],
    minted: u64,
}

/// What came of a call: the logs, without those of the hub, or the error.
type Told = Result<Vec<(bool, LogData)>, Bytes>;

impl Sides {
    fn new() -> Self {
        let mut world = world();
        let (oz, taker) = (world.fixture("OzTickets"), world.fixture("TicketTaker"));
        let [alice, bob, carol] = [world.alice, world.bob, world.carol];
        for who in [alice, bob, carol] {
            world.mint(who, ether(1));
        }
        let people = [alice.address, bob.address, carol.address, taker, Address::ZERO];
        Self { world, oz, taker, people, minted: 0 }
    }

    /// A call, and what of its logs is of tokens.
    fn told(&mut self, who: usize, to: Address, data: Bytes) -> Told {
        let (caller, hub) = (Account::at(self.people[who]), self.world.hub);
        let outcome = self.world.chain.send_raw(caller, to, data).run();
        let receipt = outcome.map_err(|failure| failure.data())?;
        let own = [
            Queue::Requested::SIGNATURE_HASH,
            Queue::BatchOpened::SIGNATURE_HASH,
            Queue::Cancelled::SIGNATURE_HASH,
        ];
        let is_of_tokens = |log: &&Log| log.address != hub && !own.contains(&log.topics()[0]);
        let logs = receipt.logs.iter().filter(is_of_tokens);
        Ok(logs.map(|log| (log.address == to, log.data.clone())).collect())
    }

    /// The same call of both.
    fn both(&mut self, who: usize, data: Bytes) -> [Told; 2] {
        [self.world.queue, self.oz].map(|to| self.told(who, to, data.clone()))
    }

    /// Who that is, if it is whoever has a ticket; Alice if nobody has.
    fn found(&self, who: usize, id: u64) -> usize {
        if who != OWNER {
            return who;
        }
        let owner = self.world.ticket(number(1, id)).owner;
        self.people[..4].iter().position(|person| *person == owner).unwrap_or(0)
    }

    fn take(&mut self, step: Step) -> [Told; 2] {
        let (queue, oz, people) = (self.world.queue, self.oz, self.people);
        let token = |id| number(1, id);
        match step {
            Step::Mint { who } => {
                self.minted += 1;
                let (receiver, id) = (people[who], token(self.minted));
                let request = Queue::requestRedeemCall { nominal: LEAST, receiver };
                let mint = Oz::mintCall { to: receiver, id };
                [self.told(who, queue, encoded(&request)), self.told(who, oz, encoded(&mint))]
            }
            Step::End { who, id } => {
                let who = self.found(who, id);
                let (ticket, receiver) = (token(id), people[who]);
                let cancel = Queue::cancelCall { ticket, receiver };
                let burn = Oz::burnCall { id: ticket };
                [self.told(who, queue, encoded(&cancel)), self.told(who, oz, encoded(&burn))]
            }
            Step::Move { who, from, to, id } => {
                let [who, from] = [who, from].map(|who| self.found(who, id));
                let (from, to) = (people[from], people[to]);
                let call = Queue::transferFromCall { from, to, tokenId: token(id) };
                self.both(who, encoded(&call))
            }
            Step::Offer { who, from, to, id, says, data } => {
                let answer = Taker::answerCall { mode: SAYS[says] as u8 };
                let (keeper, taker) = (self.world.keeper, self.taker);
                self.world.chain.send(keeper, taker, answer).ok();
                let [who, from] = [who, from].map(|who| self.found(who, id));
                let (from, to, id) = (people[from], people[to], token(id));
                let call = match data {
                    None => encoded(&Queue::safeTransferFrom_0Call { from, to, tokenId: id }),
                    Some(size) => {
                        let data = vec![size; size.into()].into();
                        encoded(&Queue::safeTransferFrom_1Call { from, to, tokenId: id, data })
                    }
                };
                self.both(who, call)
            }
            Step::Approve { who, to, id } => {
                let who = self.found(who, id);
                let call = Queue::approveCall { to: people[to], tokenId: token(id) };
                self.both(who, encoded(&call))
            }
            Step::Operator { who, operator, approved } => {
                let operator = people[operator];
                let call = Queue::setApprovalForAllCall { operator, approved };
                self.both(who, encoded(&call))
            }
        }
    }

    /// Everything that both tell of a token.
    fn views(&mut self) -> [Vec<Result<Bytes, Bytes>>; 2] {
        let mut calls = Vec::new();
        for id in (0..=TICKETS).map(|id| number(1, id)).chain([ZERO, ALL]) {
            calls.push(encoded(&Queue::ownerOfCall { tokenId: id }));
            calls.push(encoded(&Queue::getApprovedCall { tokenId: id }));
        }
        for owner in self.people {
            calls.push(encoded(&Queue::balanceOfCall { owner }));
            for operator in self.people {
                calls.push(encoded(&Queue::isApprovedForAllCall { owner, operator }));
            }
        }
        let keeper = self.world.keeper;
        [self.world.queue, self.oz].map(|token| {
            let ask = |data: &Bytes| {
                let call = self.world.chain.send_raw(keeper, token, data.clone());
                call.dry_run().map(|receipt| receipt.output).map_err(|failure| failure.data())
            };
            calls.iter().map(ask).collect()
        })
    }
}

#[test]
fn tickets_are_what_openzeppelins_tokens_are() {
    let tally = std::cell::RefCell::new(BTreeMap::<_, [u32; 2]>::new());

    check(CASES, &vec(any_step(), 1..=LONGEST), |steps| {
        let mut sides = Sides::new();
        for step in steps {
            let [ours, theirs] = sides.take(step);
            prop_assert_eq!(&ours, &theirs, "{:?}", step);
            let name = format!("{step:?}").split(' ').next().unwrap_or_default().to_owned();
            tally.borrow_mut().entry(name).or_default()[usize::from(ours.is_err())] += 1;
        }
        let [ours, theirs] = sides.views();
        prop_assert_eq!(ours, theirs);
        Ok(())
    });

    let tally = tally.into_inner();
    // Minting is never refused, and everything else often enough either way.
    for (name, [made, refused]) in &tally {
        assert!(*made > 20 && (*refused > 20 || name == "Mint"), "{tally:?}");
    }
    assert_eq!(tally.len(), 6, "{tally:?}");
}

#[test]
fn names_and_metadata_are_told_alike_and_only_ours_tell_of_updates() {
    let sides = Sides::new();
    let (world, oz) = (&sides.world, sides.oz);
    let name = |token| world.chain.view(token, Queue::nameCall {});
    let symbol = |token| world.chain.view(token, Queue::symbolCall {});
    assert_eq!(name(world.queue), name(oz));
    assert_eq!(symbol(world.queue), symbol(oz));
    let kept = |token, id: u32| {
        world.chain.view(token, Queue::supportsInterfaceCall { interfaceId: id.into() })
    };
    for id in [0x01ff_c9a7, 0x80ac_58cd, 0x5b5e_139f, 0xffff_ffff, 0, 0x780e_9d63] {
        assert_eq!(kept(world.queue, id), kept(oz, id), "{id:08x}");
    }
    assert_eq!([kept(world.queue, 0x4906_4906), kept(oz, 0x4906_4906)], [true, false]);
}
