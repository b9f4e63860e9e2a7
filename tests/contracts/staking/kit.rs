//! Registry, staking and court in a world, the people around them, and what tests say often.

use std::cell::Cell;
use std::sync::OnceLock;

use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_sol_types::{Eip712Domain, SolCall, SolStruct, sol};
use emetis::Snapshot;
use emetis::artifacts::fixtures::fixture;
pub(crate) use emetis::interfaces::{
    ISequencerRegistry as Registry, ISequencerStaking as Staking, ISlashingCourt as Court,
};
use emetis::suite::{Params, Programs, Suite};
pub(crate) use emetis::{Account, Chain, Receipt, days, ether, hours};

pub(crate) use super::super::kit::{WEALTH, encoded, programs};

sol! {
    #![sol(extra_derives(Debug))]

    interface IPool {
        error Refused(uint256 provisioned, uint256 realised);
        function answer(uint8 mode) external;
        function aim(address target, bytes payload) external;
        function execute(address to, uint256 value, bytes data) external payable returns (bytes);
        function provisioned() external view returns (uint256);
        function realised() external view returns (uint256);
        function pushes() external view returns (uint256);
        function teller() external view returns (address);
        function gasGiven() external view returns (uint256);
        function ok() external view returns (bool);
        function ret() external view returns (bytes);
    }

    interface IHostile {
        function turn(uint8 mode, uint256 size) external;
    }

    /// What a signer signs.
    struct Registration {
        address owner;
        uint256 nonce;
    }
}

/// What a `Pool` does when it is told of a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Take,
    Refuse,
    Silent,
    BurnGas,
    Bomb,
    Reenter,
}

/// How a call of a `Hostile` ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Silent,
    Junk,
    BurnGas,
    Flood,
    Empty,
    Typed,
}

/// The bond of the sequencer that most stories are about: the least there may be.
pub(crate) const BOND: U256 = U256::from_limbs([7_751_640_039_368_425_472, 108, 0, 0]);
/// Its commission, in bps.
pub(crate) const COMMISSION: U256 = U256::from_limbs([1_000, 0, 0, 0]);
/// How long a proposal can be vetoed, in seconds.
pub(crate) const VETO_WINDOW: u64 = days(2);
/// How long it can be executed then, in seconds.
pub(crate) const EXECUTE_GRACE: u64 = days(7);
/// Term in jail, in seconds.
pub(crate) const JAIL: u64 = days(7);
/// A week, in seconds.
pub(crate) const WEEK: u64 = days(7);
/// The largest slash, in bps.
pub(crate) const MAX_SLASH: U256 = U256::from_limbs([1_000, 0, 0, 0]);
/// Evidence of a fault.
pub(crate) const EVIDENCE: B256 = B256::repeat_byte(0xe1);
/// Other evidence.
pub(crate) const OTHER_EVIDENCE: B256 = B256::repeat_byte(0xe2);

thread_local! {
    /// The broken variant that new worlds have, zero for the programs as released.
    static MUTANT: Cell<u32> = const { Cell::new(0) };
}

/// Runs a story on the build with all broken variants, of which one is active.
pub(crate) fn under(mutant: u32, story: fn()) {
    MUTANT.set(mutant);
    story();
    MUTANT.set(0);
}

/// A world with the suite in it. The operator, its rival and Alice have METIS; a pool is registered.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) chain: Chain,
    pub(crate) suite: Suite,
    pub(crate) registry: Address,
    pub(crate) staking: Address,
    pub(crate) court: Address,
    /// A `Pool`, with METIS.
    pub(crate) pool: Address,
    pub(crate) operator: Account,
    pub(crate) rival: Account,
    pub(crate) alice: Account,
    /// Has no role, no METIS and calls what anyone may.
    pub(crate) keeper: Account,
    /// Keys that sequencers sign with.
    pub(crate) signer: Account,
    pub(crate) other_signer: Account,
    pub(crate) admin: Account,
    pub(crate) slasher: Account,
    pub(crate) vetoer: Account,
    pub(crate) guardian: Account,
}

/// Registry and court with all their broken variants, the others as released.
fn mutants() -> &'static Programs {
    static PROGRAMS: OnceLock<Programs> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let mutants = Programs::mutants().unwrap_or_else(|error| panic!("{error}"));
        Programs {
            sequencer_registry: mutants.sequencer_registry,
            slashing_court: mutants.slashing_court,
            ..programs().clone()
        }
    })
}

/// A world right after deployment: ADMIN has its first day before it, in which it does not wait.
pub(crate) fn world() -> World {
    static RELEASE: OnceLock<(Snapshot, Suite, Address)> = OnceLock::new();
    static MUTANTS: OnceLock<(Snapshot, Suite, Address)> = OnceLock::new();
    let mutant = MUTANT.get();
    let (deployed, programs) =
        if mutant == 0 { (&RELEASE, programs()) } else { (&MUTANTS, mutants()) };
    let (snapshot, suite, pool) = deployed.get_or_init(|| {
        let mut chain = Chain::new();
        let suite = Suite::deploy_programs(&mut chain, programs, Params::default());
        let people = ["operator", "rival", "alice", "keeper", "signer", "other signer"];
        let [operator, rival, alice, ..] = people.map(|name| chain.account(name));
        let pool = create(&mut chain, "Pool");
        for who in [operator.address, rival.address, alice.address, pool] {
            chain.deal(who, WEALTH);
        }
        let register = Staking::registerPoolCall { pool };
        chain.send(Account::named("curator"), suite.sequencer_staking, register).ok();
        chain.seal();
        (chain.snapshot(), suite, pool)
    });
    let mut chain = Chain::from(snapshot.clone());
    if mutant != 0 {
        let slot = keccak256("emetis.mutant").into();
        for program in [suite.sequencer_registry, suite.slashing_court] {
            chain.set_storage(program, slot, U256::from(mutant));
        }
    }
    let named = Account::named;
    World {
        chain,
        suite: *suite,
        registry: suite.sequencer_registry,
        staking: suite.sequencer_staking,
        court: suite.slashing_court,
        pool: *pool,
        operator: named("operator"),
        rival: named("rival"),
        alice: named("alice"),
        keeper: named("keeper"),
        signer: named("signer"),
        other_signer: named("other signer"),
        admin: named("admin"),
        slasher: named("slasher"),
        vetoer: named("vetoer"),
        guardian: named("guardian"),
    }
}

/// A world in which the operator runs a sequencer with the least bond, to which the pool delegated
/// 20,000 METIS and Alice 10,000, a day ago. A slash of 10 % takes all of the bond, 1,200 METIS of
/// delegations, and 800 of them from the pool.
pub(crate) fn running() -> (World, U256) {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    world.delegate_as_pool(id, ether(20_000));
    let delegate = Staking::delegateCall { id };
    world.chain.send(world.alice, world.staking, delegate).value(ether(10_000)).ok();
    world.chain.advance(days(1));
    (world, id)
}

/// Creates a fixture without arguments.
pub(crate) fn create(chain: &mut Chain, name: &str) -> Address {
    let fixture = fixture(name).unwrap_or_else(|error| panic!("{error}"));
    let alice = chain.account("alice");
    let address = chain.create(alice, fixture.init_code).ok().output;
    chain.label(address, name);
    address
}

impl World {
    /// The time, as a word.
    pub(crate) fn now(&self) -> U256 {
        U256::from(self.chain.time())
    }

    /// A signer's proof for an owner with a nonce.
    pub(crate) fn prove(&self, signer: Account, owner: Address, nonce: U256) -> Bytes {
        let domain = Eip712Domain::new(
            Some("METIS Sequencer Registry".into()),
            Some("1".into()),
            Some(U256::from(self.chain.chain_id())),
            Some(self.registry),
            None,
        );
        let digest = Registration { owner, nonce }.eip712_signing_hash(&domain);
        signer.sign(digest).to_bytes().into()
    }

    /// The nonce of an owner's next proof.
    pub(crate) fn nonce(&self, owner: Account) -> U256 {
        self.chain.view(self.registry, Registry::noncesCall { owner: owner.address })
    }

    /// A registration without a flaw.
    pub(crate) fn registration(&self, owner: Account, signer: Account) -> Registry::register_0Call {
        Registry::register_0Call {
            signer: signer.address,
            key: signer.public_key(),
            rewardRecipient: owner.address,
            commissionBps: COMMISSION,
            proof: self.prove(signer, owner.address, self.nonce(owner)),
        }
    }

    /// Registers a sequencer. Its id.
    pub(crate) fn register(&mut self, owner: Account, signer: Account, bond: U256) -> U256 {
        let call = self.registration(owner, signer);
        self.chain.send(owner, self.registry, call).value(bond).ok().output
    }

    /// A change of the signer without a flaw.
    pub(crate) fn change(
        &self,
        id: U256,
        owner: Account,
        signer: Account,
    ) -> Registry::setSignerCall {
        Registry::setSignerCall {
            id,
            signer: signer.address,
            key: signer.public_key(),
            proof: self.prove(signer, owner.address, self.nonce(owner)),
        }
    }

    /// The pool delegates.
    pub(crate) fn delegate_as_pool(&mut self, id: U256, assets: U256) {
        let data = Staking::delegateCall { id }.abi_encode().into();
        let call = IPool::executeCall { to: self.staking, value: assets, data };
        self.chain.send(self.keeper, self.pool, call).ok();
    }

    /// Chooses what the pool does when it is told of a loss.
    pub(crate) fn turn_pool(&mut self, mode: Mode) {
        let call = IPool::answerCall { mode: mode as u8 };
        self.chain.send(self.keeper, self.pool, call).ok();
    }

    /// A proposal to slash for a fault of this second.
    pub(crate) fn proposal(&self, id: U256, bps: U256, evidence: B256) -> Court::proposeSlashCall {
        Court::proposeSlashCall { id, bps, faultTime: self.now(), evidence }
    }

    /// The slasher proposes to slash for a fault of this second. The proposal.
    pub(crate) fn propose(&mut self, id: U256, bps: U256, evidence: B256) -> U256 {
        let call = self.proposal(id, bps, evidence);
        self.chain.send(self.slasher, self.court, call).ok().output
    }

    /// The vetoer vetoes.
    pub(crate) fn veto(&mut self, proposal: U256) -> Receipt<Court::vetoReturn> {
        self.chain.send(self.vetoer, self.court, Court::vetoCall { proposal }).ok()
    }

    /// Somebody executes.
    pub(crate) fn execute(&mut self, proposal: U256) -> Receipt<Court::executeReturn> {
        self.chain.send(self.keeper, self.court, Court::executeCall { proposal }).ok()
    }

    /// Somebody clears away.
    pub(crate) fn lapse(&mut self, proposal: U256) -> Receipt<Court::lapseReturn> {
        self.chain.send(self.keeper, self.court, Court::lapseCall { proposal }).ok()
    }

    /// Where a proposal is.
    pub(crate) fn state(&self, proposal: U256) -> Court::State {
        self.chain.view(self.court, Court::proposalOfCall { proposal }).state
    }

    /// What can be proposed on a sequencer, in bps.
    pub(crate) fn room(&self, id: U256) -> U256 {
        self.chain.view(self.court, Court::roomOfCall { id })
    }

    /// What the pool may lose, and what it has lost.
    pub(crate) fn loss(&self) -> (U256, U256) {
        let loss = self.chain.view(self.court, Court::lossOfCall { pool: self.pool });
        (loss.provisioned, loss.realised)
    }

    /// What the pool was told last: what it may lose, and what it has lost.
    pub(crate) fn told(&self) -> (U256, U256) {
        let provisioned = self.chain.view(self.pool, IPool::provisionedCall {});
        (provisioned, self.chain.view(self.pool, IPool::realisedCall {}))
    }

    /// The sequencer's figures.
    pub(crate) fn sequencer(&self, id: U256) -> Staking::sequencerReturn {
        self.chain.view(self.staking, Staking::sequencerCall { id })
    }

    /// Everything the three programs store, and their METIS.
    pub(crate) fn storage(&self) -> Vec<(Vec<(U256, U256)>, U256)> {
        let programs = [self.registry, self.staking, self.court];
        let of = |program| {
            let slots = self.chain.with_state(|state| state.storage_of(program));
            (slots, self.chain.balance(program))
        };
        programs.map(of).to_vec()
    }
}
