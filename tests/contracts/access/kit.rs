//! The access manager in a world with a target, people with roles, and what tests say often.

use std::cell::Cell;
use std::sync::OnceLock;

use alloy_primitives::{Address, B256, Bytes, FixedBytes, U256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::artifacts::fixtures::fixture;
pub(crate) use emetis::interfaces::IAccessManager as Manager;
use emetis::suite::{Params, Programs, Suite, manager_constructor};
pub(crate) use emetis::{Account, Chain, Receipt, days, ether, hours};
use emetis::{Call, Snapshot};

pub(crate) use super::super::fixtures::IManagedJar as Jar;
use super::super::kit::roomy;
pub(crate) use super::super::kit::{WEALTH, encoded, programs};

pub(crate) const ADMIN: u64 = 0;
pub(crate) const CURATOR: u64 = 1;
pub(crate) const ATTESTER: u64 = 2;
pub(crate) const SLASHER: u64 = 3;
pub(crate) const VETOER: u64 = 4;
pub(crate) const GUARDIAN: u64 = 5;
pub(crate) const PUBLIC: u64 = u64::MAX;
pub(crate) const NOBODY: u64 = u64::MAX - 1;

/// The least execution delay of ADMIN, in seconds.
pub(crate) const ADMIN_DELAY: u32 = days(2) as u32;
/// The curator's execution delay, in seconds.
pub(crate) const CURATOR_DELAY: u32 = hours(3) as u32;
/// For how long an operation can be used, in seconds.
pub(crate) const WEEK: u64 = days(7);
/// The mark of tips.
pub(crate) const MARK: B256 = B256::repeat_byte(0x7b);

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

/// A world in which the first admin is still setting up: the curator has [`CURATOR_DELAY`], the
/// others have no delay; CURATOR may `tip` the jar, ATTESTER `tap` it, both may `fail`; vetoers cancel what
/// curators schedule.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) chain: Chain,
    pub(crate) manager: Address,
    pub(crate) jar: Address,
    pub(crate) admin: Account,
    /// Another admin, with [`ADMIN_DELAY`].
    pub(crate) council: Account,
    pub(crate) curator: Account,
    pub(crate) attester: Account,
    pub(crate) slasher: Account,
    pub(crate) vetoer: Account,
    pub(crate) guardian: Account,
    /// Has METIS and no role.
    pub(crate) alice: Account,
}

fn mutants() -> &'static Programs {
    static PROGRAMS: OnceLock<Programs> = OnceLock::new();
    PROGRAMS.get_or_init(|| Programs::mutants().unwrap_or_else(|error| panic!("{error}")))
}

/// A world with the programs placed and nothing constructed.
pub(crate) fn raw() -> (Chain, Address) {
    static RELEASE: OnceLock<(Snapshot, Suite)> = OnceLock::new();
    static MUTANTS: OnceLock<(Snapshot, Suite)> = OnceLock::new();
    let mutant = MUTANT.get();
    let (placed, programs) =
        if mutant == 0 { (&RELEASE, programs()) } else { (&MUTANTS, mutants()) };
    let (snapshot, suite) = placed.get_or_init(|| {
        let mut chain = if mutant == 0 { Chain::new() } else { roomy() };
        let suite = Suite::place(&mut chain, programs);
        chain.seal();
        (chain.snapshot(), suite)
    });
    let (mut chain, manager) = (Chain::from(snapshot.clone()), suite.access_manager);
    if mutant != 0 {
        let slot = U256::from_be_bytes(emetis_common::mutants::slot());
        chain.set_storage(manager, slot, U256::from(mutant));
    }
    (chain, manager)
}

/// A world on the first day.
pub(crate) fn world() -> World {
    let (mut chain, manager) = raw();
    let names =
        ["admin", "council", "curator", "attester", "slasher", "vetoer", "guardian", "alice"];
    let [admin, council, curator, attester, slasher, vetoer, guardian, alice] =
        names.map(|name| chain.account(name));
    chain.send_raw(alice, manager, manager_constructor(&Params::default())).ok();
    chain.deal(alice, WEALTH);
    chain.deal(curator, WEALTH);
    let jar = fixture("ManagedJar").unwrap_or_else(|error| panic!("{error}"));
    let jar = chain.create(alice, [&jar.init_code[..], &manager.abi_encode()].concat()).ok().output;
    chain.label(jar, "jar");
    let mut world = World {
        chain,
        manager,
        jar,
        admin,
        council,
        curator,
        attester,
        slasher,
        vetoer,
        guardian,
        alice,
    };
    world.grant(ADMIN, council, ADMIN_DELAY);
    world.grant(CURATOR, curator, CURATOR_DELAY);
    for (role, account) in
        [(ATTESTER, attester), (SLASHER, slasher), (VETOER, vetoer), (GUARDIAN, guardian)]
    {
        world.grant(role, account, 0);
    }
    world.open(jar, &[Jar::tipCall::SELECTOR, Jar::failCall::SELECTOR], CURATOR);
    world.open(jar, &[Jar::tapCall::SELECTOR], ATTESTER);
    let call = Manager::setRoleGuardianCall { roleId: CURATOR, guardian: VETOER };
    world.chain.send(admin, manager, call).ok();
    world
}

/// A world a week later: the first admin has [`ADMIN_DELAY`].
pub(crate) fn settled() -> World {
    let mut world = world();
    world.chain.advance(WEEK);
    world
}

/// Calldata of a tip.
pub(crate) fn tip() -> Bytes {
    encoded(&Jar::tipCall { mark: MARK })
}

/// Calldata of a tap.
pub(crate) fn tap() -> Bytes {
    encoded(&Jar::tapCall { mark: MARK })
}

/// Calldata that ends a membership.
pub(crate) fn revocation(role: u64, account: impl Into<Address>) -> Bytes {
    encoded(&Manager::revokeRoleCall { roleId: role, account: account.into() })
}

/// A selector as arguments and errors have it.
pub(crate) fn selector(data: &[u8]) -> FixedBytes<4> {
    FixedBytes::from_slice(&data[..4])
}

/// Seconds as the manager tells times.
pub(crate) fn time(seconds: u64) -> alloy_primitives::aliases::U48 {
    alloy_primitives::aliases::U48::from(seconds)
}

impl World {
    /// A call of the manager.
    pub(crate) fn send<C: SolCall>(&mut self, from: Account, call: C) -> Call<'_, C::Return> {
        self.chain.send(from, self.manager, call)
    }

    pub(crate) fn view<C: SolCall>(&self, call: C) -> C::Return {
        self.chain.view(self.manager, call)
    }

    /// The admin grants a role, while it has no delay.
    pub(crate) fn grant(&mut self, role: u64, account: impl Into<Address>, delay: u32) {
        let account = account.into();
        let call = Manager::grantRoleCall { roleId: role, account, executionDelay: delay };
        self.send(self.admin, call).ok();
    }

    /// The admin gives functions to a role, while it has no delay.
    pub(crate) fn open(&mut self, target: Address, selectors: &[[u8; 4]], role: u64) {
        self.send(self.admin, functions(target, selectors, role)).ok();
    }

    pub(crate) fn schedule(
        &mut self,
        from: Account,
        target: Address,
        data: &Bytes,
    ) -> Call<'_, Manager::scheduleReturn> {
        let call = Manager::scheduleCall { target, data: data.clone(), when: time(0) };
        self.send(from, call)
    }

    pub(crate) fn execute(
        &mut self,
        from: Account,
        target: Address,
        data: &Bytes,
    ) -> Call<'_, u32> {
        self.send(from, Manager::executeCall { target, data: data.clone() })
    }

    pub(crate) fn cancel(
        &mut self,
        from: Account,
        proposer: Account,
        target: Address,
        data: &Bytes,
    ) -> Call<'_, u32> {
        let (caller, data) = (proposer.address, data.clone());
        self.send(from, Manager::cancelCall { caller, target, data })
    }

    /// The council schedules a call of the manager, waits, and makes it.
    pub(crate) fn decide(&mut self, data: &Bytes) -> Receipt<u32> {
        let (council, manager) = (self.council, self.manager);
        self.schedule(council, manager, data).ok();
        self.chain.advance(u64::from(ADMIN_DELAY));
        self.execute(council, manager, data).ok()
    }

    /// The name of an operation.
    pub(crate) fn id(&self, caller: Account, target: Address, data: &Bytes) -> B256 {
        let (caller, data) = (caller.address, data.clone());
        self.view(Manager::hashOperationCall { caller, target, data })
    }

    pub(crate) fn has_role(&self, role: u64, account: Account) -> (bool, u32) {
        let told = self.view(Manager::hasRoleCall { roleId: role, account: account.address });
        (told.isMember, told.executionDelay)
    }

    pub(crate) fn can_call(&self, caller: impl Into<Address>, data: &[u8]) -> (bool, u32) {
        let (target, caller) = (self.jar, caller.into());
        let told = self.view(Manager::canCallCall { caller, target, selector: selector(data) });
        (told.allowed, told.delay)
    }

    /// Everything the manager stores.
    pub(crate) fn storage(&self) -> Vec<(U256, U256)> {
        self.chain.with_state(|state| state.storage_of(self.manager))
    }

    /// What the manager refuses a call of the jar with.
    pub(crate) fn unauthorized(
        &self,
        caller: Account,
        data: &[u8],
    ) -> Manager::AccessManagerUnauthorizedCall {
        let (caller, target) = (caller.address, self.jar);
        Manager::AccessManagerUnauthorizedCall { caller, target, selector: selector(data) }
    }

    /// What the jar tells of a tip or a tap.
    pub(crate) fn tipped(&self, caller: impl Into<Address>, value: U256) -> Jar::Tipped {
        Jar::Tipped { caller: caller.into(), value, mark: MARK }
    }
}

/// A call that gives functions to a role.
pub(crate) fn functions(
    target: Address,
    selectors: &[[u8; 4]],
    role: u64,
) -> Manager::setTargetFunctionRoleCall {
    let selectors = selectors.iter().copied().map(FixedBytes::from).collect();
    Manager::setTargetFunctionRoleCall { target, selectors, roleId: role }
}
