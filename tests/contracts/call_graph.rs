//! Program → program → METIS back through a named payable entry → a receiver that strikes back.
//!
//! Two small programs in `tests/call-graph`, built from the suite's own entrance and guard: `outer`
//! has METIS brought back by `inner` while it is out on it, and pays a receiver last.

use std::sync::LazyLock;

use alloy_primitives::{Address, Bytes, FixedBytes, U256};
use alloy_sol_types::{SolCall, SolError};
use emetis::artifacts::fixtures::fixture;
use emetis::artifacts::{Builder, contracts_dir};
use emetis::{Account, Chain, Snapshot, ether};
use emetis_common::mutants::{Mutant, slot};

use super::fixtures::IReenterer;
use super::kit::{Hub, encoded};
use IInner::{SentBack, placeCall, placedOfCall, sendBackCall};
use IOuter::{
    CallerNotInner, Withdrawn, balanceOfCall, bufferCall, depositCall, receiveBackCall,
    withdrawCall,
};

alloy_sol_types::sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "tests/call-graph/CallGraph.sol"
}

/// Root of the workspace of the two programs.
const PROGRAMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/call-graph");

/// Slots that tests write.
const INNER_SLOT: u64 = 0;
const MANNER_SLOT: u64 = 3;
const TREASURY_SLOT: u64 = 4;
const LISTENER_SLOT: u64 = 0;

/// Manners of the outer program.
const CLOSED: u64 = 1;
const LEAKY: u64 = 2;

const ONE: U256 = U256::ONE;
/// METIS that Alice deposits with the outer program, that the hostile contract does, and that the
/// latter places with the inner one.
const DEPOSIT: u64 = 100;
const HOSTILE_DEPOSIT: u64 = 7;
const HOSTILE_PLACED: u64 = 5;
/// METIS that Alice withdraws.
const WITHDRAWN: u64 = 40;

static RELEASE: LazyLock<Snapshot> = LazyLock::new(|| origin(Builder::new()));
static MUTANTS: LazyLock<Snapshot> = LazyLock::new(|| origin(Builder::new().mutants(true)));

/// The two programs with METIS on their books, and a contract that strikes back.
fn origin(builder: Builder) -> Snapshot {
    let builder = builder.contracts(PROGRAMS).beside(contracts_dir());
    let code = |name| builder.load(name).unwrap_or_else(|error| panic!("{error}")).code;
    let mut chain = Chain::new();
    chain.teach::<IOuter::IOuterCalls, IOuter::IOuterErrors, IOuter::IOuterEvents>();
    chain.teach::<IInner::IInnerCalls, IInner::IInnerErrors, IInner::IInnerEvents>();
    let alice = chain.account("alice");
    chain.account("bob");
    chain.deal(alice, ether(1_000));
    let inner = chain.deploy_program(alice, &code("inner"));
    let outer = chain.deploy_program(alice, &code("outer"));
    chain.set_storage(outer, U256::from(INNER_SLOT), U256::from_be_slice(inner.as_slice()));
    let reenterer = fixture("Reenterer").unwrap_or_else(|error| panic!("{error}"));
    let hostile = chain.create(alice, reenterer.init_code).ok().output;
    for (address, name) in [(inner, "inner"), (outer, "outer"), (hostile, "hostile")] {
        chain.label(address, name);
    }
    chain.deal(hostile, ether(20));
    chain.send(alice, outer, depositCall {}).value(ether(DEPOSIT)).ok();
    chain.send(hostile, outer, depositCall {}).value(ether(HOSTILE_DEPOSIT)).ok();
    chain.send(hostile, inner, placeCall {}).value(ether(HOSTILE_PLACED)).ok();
    chain.seal();
    assert_eq!(Graph::addresses(alice), (inner, outer, hostile));
    chain.snapshot()
}

/// A world with the two programs.
#[derive(Clone)]
struct Graph {
    chain: Chain,
    inner: Address,
    outer: Address,
    hostile: Address,
    alice: Account,
    bob: Account,
}

/// A call that the hostile contract makes: whom, with how many wei, what.
type Strike = (Address, U256, Bytes);

/// What came of it.
type Outcome = (bool, Bytes);

impl Graph {
    fn new() -> Self {
        Self::on(&RELEASE)
    }

    fn on(snapshot: &Snapshot) -> Self {
        let (alice, bob) = (Account::named("alice"), Account::named("bob"));
        let (inner, outer, hostile) = Self::addresses(alice);
        Self { chain: snapshot.clone().into(), inner, outer, hostile, alice, bob }
    }

    /// Where Alice's contracts are: a program takes two nonces, the second to activate it.
    fn addresses(alice: Account) -> (Address, Address, Address) {
        let [inner, outer, hostile] = [0, 2, 4].map(|nonce| alice.address.create(nonce));
        (inner, outer, hostile)
    }

    fn set(&mut self, program: Address, slot: u64, value: impl Into<U256>) {
        self.chain.set_storage(program, U256::from(slot), value.into());
    }

    /// Makes the inner program tell the hostile contract before it brings METIS back.
    fn listen(mut self) -> Self {
        let hostile = U256::from_be_slice(self.hostile.as_slice());
        self.set(self.inner, LISTENER_SLOT, hostile);
        self
    }

    /// Alice withdraws from the outer program.
    #[track_caller]
    fn withdraw(&mut self, receiver: Address) {
        let call = withdrawCall { assets: ether(WITHDRAWN), receiver };
        self.chain.send(self.alice, self.outer, call).ok();
    }

    /// Prepares the hostile contract to make a call so and so often when it is called next.
    fn arm(&mut self, (target, value, payload): Strike, times: u64) {
        let times = U256::from(times);
        let arm = IReenterer::armCall { target, value, payload, times, insists: false };
        self.chain.send(self.alice, self.hostile, arm).ok();
    }

    /// What came of the strikes.
    fn outcomes(&self) -> Vec<Outcome> {
        let strikes: u64 = self.chain.view(self.hostile, IReenterer::strikesCall {}).to();
        let outcome = |index| IReenterer::outcomeCall { index: U256::from(index) };
        let told = (0..strikes).map(|index| self.chain.view(self.hostile, outcome(index)));
        told.map(|outcome| (outcome.ok, outcome.ret)).collect()
    }

    /// Everything that the two programs store and everybody's METIS.
    fn state(&self) -> (Vec<Vec<(U256, U256)>>, Vec<U256>) {
        let programs = [self.outer, self.inner];
        let storage =
            programs.map(|program| self.chain.with_state(|state| state.storage_of(program)));
        let people = [self.alice.address, self.bob.address, self.hostile, self.outer, self.inner];
        (storage.to_vec(), people.map(|who| self.chain.balance(who)).to_vec())
    }

    /// A good call of every entry of both programs from the hostile contract, and one that reaches
    /// the outer program by way of the inner one; with the selector of the entry called first.
    fn entries(&self) -> Vec<(Strike, [u8; 4])> {
        let (outer, inner, hostile) = (self.outer, self.inner, self.hostile);
        let nothing = U256::ZERO;
        let withdraw = withdrawCall { assets: ONE, receiver: hostile };
        let send_back = |owner| encoded(&sendBackCall { owner, assets: ONE });
        vec![
            ((outer, ONE, encoded(&depositCall {})), depositCall::SELECTOR),
            ((outer, nothing, encoded(&withdraw)), withdrawCall::SELECTOR),
            ((outer, ONE, encoded(&receiveBackCall {})), receiveBackCall::SELECTOR),
            ((inner, ONE, encoded(&placeCall {})), placeCall::SELECTOR),
            ((inner, nothing, send_back(hostile)), sendBackCall::SELECTOR),
            ((inner, nothing, send_back(outer)), sendBackCall::SELECTOR),
        ]
    }
}

fn refused(selector: [u8; 4]) -> Outcome {
    (false, Hub::ReentryRefused { selector: FixedBytes(selector) }.abi_encode().into())
}

/// Plays a story with a strike and without, and checks that all but the strike is the same. What
/// came of the strike.
#[track_caller]
fn struck(origin: &Graph, strike: &Strike, story: impl Fn(&mut Graph)) -> Outcome {
    const TIMES: u64 = 2;
    let play = |times| {
        let mut graph = origin.clone();
        graph.arm(strike.clone(), times);
        story(&mut graph);
        (graph.state(), graph.outcomes())
    };

    let (quiet, none) = play(0);
    let (state, outcomes) = play(TIMES);

    assert_eq!(none, []);
    assert_eq!(state, quiet, "a strike that is refused changes nothing");
    assert_eq!(outcomes, vec![outcomes[0].clone(); TIMES as usize]);
    outcomes[0].clone()
}

#[test]
fn metis_comes_back_through_the_named_entry_while_the_program_is_out() {
    let Graph { mut chain, inner, outer, hostile: _, alice, bob } = Graph::new();
    let assets = ether(WITHDRAWN);

    let call = withdrawCall { assets, receiver: bob.address };
    let receipt = chain.send(alice, outer, call).traced().ok();

    receipt.emitted(Withdrawn { owner: alice.address, receiver: bob.address, assets });
    receipt.emitted(SentBack { owner: outer, assets });
    assert_eq!(chain.balance(bob), assets);
    assert_eq!(chain.balance(outer), U256::ZERO);
    assert_eq!(chain.view(outer, bufferCall {}), U256::ZERO);
    assert_eq!(chain.view(outer, balanceOfCall { account: alice.address }), ether(60));
    assert_eq!(chain.view(inner, placedOfCall { account: outer }), ether(60 + HOSTILE_DEPOSIT));
    // outer → inner → outer; then outer → bob, last.
    let root = receipt.trace.unwrap();
    assert_eq!(root.calls.iter().map(|call| call.target).collect::<Vec<_>>(), [inner, bob.address]);
    let back = &root.calls[0].calls[0];
    assert_eq!((back.target, back.caller, back.value), (outer, inner, assets));
}

#[test]
fn a_way_out_that_lets_nobody_come_back_refuses_the_honest_program_too() {
    let mut graph = Graph::new();
    graph.set(graph.outer, MANNER_SLOT, U256::from(CLOSED));
    let before = graph.state();

    let call = withdrawCall { assets: ether(WITHDRAWN), receiver: graph.bob.address };
    let selector = FixedBytes(receiveBackCall::SELECTOR);
    graph.chain.send(graph.alice, graph.outer, call).fails_with(Hub::ReentryRefused { selector });

    assert_eq!(graph.state(), before);
}

#[test]
fn the_named_entry_is_open_to_one_caller() {
    let mut graph = Graph::new();
    let Graph { inner, outer, hostile: _, alice, .. } = graph;
    let refused = CallerNotInner { caller: alice.address, inner };

    graph.chain.send(alice, outer, receiveBackCall {}).value(ONE).fails_with(refused);
    let call = sendBackCall { owner: outer, assets: ether(3) };
    graph.chain.send(alice, inner, call).ok();

    assert_eq!(graph.chain.view(outer, bufferCall {}), ether(3));
    assert_eq!(graph.chain.balance(outer), ether(3));
}

#[test]
fn no_entry_can_be_re_entered_while_the_outer_program_is_out_on_the_inner() {
    // The inner program tells a hostile listener before it brings METIS back. Both are out, and the
    // lock of the outer one lets the inner one in: not the listener, by any entry.
    let graph = Graph::new().listen();
    let entries = graph.entries();

    for (strike, selector) in entries {
        let outcome = struck(&graph, &strike, |graph| graph.withdraw(graph.bob.address));

        assert_eq!(outcome, refused(selector), "{strike:?}");
    }
}

#[test]
fn no_entry_of_the_outer_program_can_be_re_entered_while_it_pays_a_receiver() {
    let graph = Graph::new();
    let mut entries = graph.entries();
    // By way of the inner program, which is not out, the outer one's answer comes back.
    entries[5].1 = receiveBackCall::SELECTOR;
    entries.drain(3..5);

    for (strike, selector) in entries {
        let outcome = struck(&graph, &strike, |graph| graph.withdraw(graph.hostile));

        assert_eq!(outcome, refused(selector), "{strike:?}");
    }
}

#[test]
fn no_entry_of_the_inner_program_can_be_re_entered_while_it_pays_an_owner() {
    let graph = Graph::new();
    let mut entries = graph.entries();
    // By way of the outer program, which is not out, the inner one's answer comes back.
    entries[0].1 = placeCall::SELECTOR;
    entries[1].1 = sendBackCall::SELECTOR;
    let (receive_back, _) = entries.remove(2);
    let send_back = |graph: &mut Graph| {
        let call = sendBackCall { owner: graph.hostile, assets: ether(2) };
        graph.chain.send(graph.alice, graph.inner, call).ok();
    };

    for (strike, selector) in entries {
        let outcome = struck(&graph, &strike, send_back);

        assert_eq!(outcome, refused(selector), "{strike:?}");
    }
    // The outer program is not out: it is no re-entry that it refuses.
    let error = CallerNotInner { caller: graph.hostile, inner: graph.inner };
    let outcome = struck(&graph, &receive_back, send_back);
    assert_eq!(outcome, (false, error.abi_encode().into()));
}

#[test]
fn a_program_that_is_not_out_serves_the_receiver_like_anybody() {
    let graph = Graph::new();
    let mut quiet = graph.clone();
    quiet.withdraw(quiet.hostile);
    let [outer, inner] = <[_; 2]>::try_from(quiet.state().0).unwrap();

    for (strike, _) in graph.entries().drain(3..5) {
        let mut graph = graph.clone();
        graph.arm(strike, 1);
        graph.withdraw(graph.hostile);

        let [found, changed] = <[_; 2]>::try_from(graph.state().0).unwrap();
        assert_eq!(graph.outcomes().len(), 1);
        assert!(graph.outcomes()[0].0);
        assert_eq!(found, outer, "the books of the program that pays are closed already");
        assert_ne!(changed, inner);
    }
}

#[test]
fn views_answer_truly_while_either_program_is_out() {
    let plain = Graph::new();
    let account = plain.alice.address;
    let views = [
        (plain.outer, encoded(&balanceOfCall { account })),
        (plain.outer, encoded(&bufferCall {})),
        (plain.inner, encoded(&placedOfCall { account: plain.outer })),
    ];
    for (origin, receiver) in
        [(plain.clone(), plain.hostile), (plain.clone().listen(), plain.bob.address)]
    {
        for (program, payload) in &views {
            let mut graph = origin.clone();
            graph.arm((*program, U256::ZERO, payload.clone()), 1);
            graph.withdraw(receiver);

            let told = graph.chain.send_raw(graph.alice, *program, payload.clone()).ok().output;
            assert_eq!(graph.outcomes(), [(true, told)], "{payload}");
        }
    }
}

#[test]
fn an_entry_that_was_called_back_cannot_call_out() {
    let mut graph = Graph::new();
    let Graph { outer, alice, bob, hostile, .. } = graph;
    graph.set(outer, MANNER_SLOT, U256::from(LEAKY));
    graph.set(outer, TREASURY_SLOT, U256::from_be_slice(hostile.as_slice()));
    let before = graph.state();

    let call = withdrawCall { assets: ether(WITHDRAWN), receiver: bob.address };
    let selector = FixedBytes(sendBackCall::SELECTOR);
    graph.chain.send(alice, outer, call).fails_with(Hub::ReentryRefused { selector });

    assert_eq!(graph.state(), before);
}

#[test]
fn a_program_without_the_guard_is_found_out() {
    let number = U256::from(Mutant::GuardMissing as u32);
    let mut guarded = Graph::on(&MUTANTS);
    let [deposit, _, receive_back, ..] = <[_; 6]>::try_from(guarded.entries()).unwrap();
    let pays = |graph: &mut Graph| graph.withdraw(graph.hostile);
    assert_eq!(struck(&guarded, &deposit.0, pays), refused(deposit.1));

    guarded.chain.set_storage(guarded.outer, U256::from_be_bytes(slot()), number);
    let play = |origin: &Graph, strike: &Strike, receiver| {
        let mut graph = origin.clone();
        graph.arm(strike.clone(), 1);
        graph.withdraw(receiver);
        graph.outcomes()[0].clone()
    };
    let paid = play(&guarded, &deposit.0, guarded.hostile);
    let told = play(&guarded.clone().listen(), &receive_back.0, guarded.bob.address);

    assert!(paid.0, "{paid:?}");
    let error = CallerNotInner { caller: guarded.hostile, inner: guarded.inner };
    assert_eq!(told, (false, error.abi_encode().into()));
}
