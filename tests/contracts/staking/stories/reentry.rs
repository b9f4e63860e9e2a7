//! Whoever is paid strikes back, at everything that changes state.

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::SolError;
use emetis::suite::access::Role;

use super::super::super::fixtures::IReenterer;
use super::super::busy::*;
use super::super::kit::*;

/// Strikes at each payment.
const TIMES: U256 = U256::from_limbs([2, 0, 0, 0]);

/// Ways in which METIS leaves: who is paid, and the call that pays it.
type Payment = (Address, Ready);

/// What the attacker calls: of which program, with how much METIS, and how it is to end.
struct Strike {
    cell: String,
    target: Address,
    value: U256,
    data: Bytes,
}

/// A busy world in which one contract is operator, delegator, keeper and holder of all roles but ADMIN.
fn stage() -> (Busy, Account) {
    let mut world = world();
    let address = create(&mut world.chain, "Reenterer");
    world.chain.deal(address, WEALTH);
    let attacker = Account::at(address);
    let manager = world.suite.access_manager;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
        let (role, account) = (role.id(), address);
        let grant = Manager::grantRoleCall { roleId: role, account, executionDelay: 0 };
        world.chain.send(world.admin, manager, grant).ok();
    }
    let people = [
        &mut world.operator,
        &mut world.rival,
        &mut world.alice,
        &mut world.keeper,
        &mut world.curator,
        &mut world.slasher,
        &mut world.vetoer,
        &mut world.treasury,
    ];
    for person in people {
        *person = attacker;
    }
    let mut busy = busy_of(world);
    let (fund, code) = (busy.world.suite.distributor, busy.world.chain.code(address));
    busy.world.chain.set_code(fund, code);
    (busy, attacker)
}

/// Everything that pays: the attacker, and the fund, which is one as well.
fn payments(busy: &Busy, attacker: Account) -> Vec<Payment> {
    let (id, receiver) = (RUNNING, attacker.address);
    let fund = busy.world.suite.distributor;
    vec![
        (receiver, Ready::new(attacker, claim_of(id, busy.bucket, receiver))),
        (receiver, Ready::new(attacker, Staking::claimRewardsCall { ids: vec![id], receiver })),
        (receiver, Ready::new(attacker, Staking::claimCommissionCall { id, receiver })),
        (receiver, Ready::new(attacker, Staking::sweepCall { receiver })),
        (fund, Ready::new(attacker, Staking::forwardSlashedCall {})),
    ]
}

/// A call of every entry that changes state, and the constructor of staking.
fn strikes(busy: &Busy) -> Vec<Strike> {
    let world = &busy.world;
    let mut all = Vec::new();
    for program in programs_here() {
        for entry in program.entries {
            let (cell, target) = (entry.signature.to_owned(), (program.address)(&world.suite));
            let (value, data) = match entry.signature {
                "pause(uint32)" => (U256::ZERO, encoded(&Staking::pauseCall { duration: 60 })),
                "unpause()" => (U256::ZERO, encoded(&Staking::unpauseCall {})),
                _ => {
                    let call = good(busy, program, entry);
                    (call.value, call.data.into())
                }
            };
            all.push(Strike { cell, target, value, data });
        }
    }
    let (cell, target, value) = ("constructor".into(), world.staking, U256::ZERO);
    let data = world.suite.staking_constructor().into();
    all.push(Strike { cell, target, value, data });
    all
}

/// The payment is made and struck back at so often. What came of the strikes.
fn pay(
    world: &mut World,
    (paid, call): &Payment,
    strike: &Strike,
    times: U256,
) -> Vec<(bool, Bytes)> {
    let Strike { target, value, data, .. } = strike;
    let arm = IReenterer::armCall {
        target: *target,
        value: *value,
        payload: data.clone(),
        times,
        insists: false,
    };
    world.chain.deal(*paid, *value);
    world.chain.send(world.admin, *paid, arm).ok();
    world.chain.send_raw(call.caller, world.staking, call.data.clone()).ok();
    let strikes: u64 = world.chain.view(*paid, IReenterer::strikesCall {}).to();
    let outcome = |index| IReenterer::outcomeCall { index: U256::from(index) };
    let told = (0..strikes).map(|index| world.chain.view(*paid, outcome(index)));
    told.map(|outcome| (outcome.ok, outcome.ret)).collect()
}

/// That staking was out on a call when it was asked for this.
fn refused(data: &[u8]) -> Bytes {
    let selector: [u8; 4] = *data.first_chunk().unwrap();
    Staking::ReentryRefused { selector: selector.into() }.abi_encode().into()
}

#[test]
pub(crate) fn whoever_is_paid_re_enters_nothing_that_changes_money() {
    let (origin, attacker) = stage();
    let [staking, court] = [origin.world.staking, origin.world.court];
    let (mut of_staking, mut of_others) = (0, 0);

    for payment in payments(&origin, attacker) {
        for strike in strikes(&origin) {
            // Clearing away has a story of its own.
            if strike.cell == "lapse(uint256)" {
                continue;
            }
            let (mut quiet, mut world) = (origin.world.clone(), origin.world.clone());
            pay(&mut quiet, &payment, &strike, U256::ZERO);
            let outcomes = pay(&mut world, &payment, &strike, TIMES);

            let cell = format!("{} at {}", strike.cell, strike.target);
            if strike.target == staking {
                assert_eq!(outcomes, vec![(false, refused(&strike.data)); 2], "{cell}");
                of_staking += 1;
            } else {
                // A pool is told again what it was told before.
                let settles = strike.target == court && strike.cell == "settle(address)";
                assert!(outcomes.iter().all(|(ok, _)| *ok == settles), "{cell}: {outcomes:?}");
                of_others += 1;
            }
            assert_eq!(world.storage(), quiet.storage(), "{cell}");
            assert_eq!(world.metis(payment.0), quiet.metis(payment.0), "{cell}");
        }
    }

    assert_eq!((of_staking, of_others), (5 * 33, 5 * 14));
}

#[test]
fn what_court_and_registry_order_meanwhile_is_refused_by_staking() {
    let (origin, attacker) = stage();
    let payment = payments(&origin, attacker).remove(0);
    let orders = [
        ("execute(uint256)", encoded(&Staking::takeCall { id: EXECUTABLE })),
        ("veto(uint256)", encoded(&Staking::releaseCall { id: VETOABLE, free: true })),
        (
            "applyCommission(uint256)",
            encoded(&Staking::setCommissionCall { id: RUNNING, commissionBps: COMMISSION }),
        ),
        (
            "setSigner(uint256,address,bytes32[2],bytes)",
            encoded(&Staking::recordChangeCall { id: RUNNING }),
        ),
    ];

    for (signature, order) in orders {
        let strike = strikes(&origin).into_iter().find(|strike| strike.cell == signature).unwrap();
        let mut world = origin.world.clone();

        let outcomes = pay(&mut world, &payment, &strike, TIMES);

        assert_eq!(outcomes, vec![(false, refused(&order)); 2], "{signature}");
    }
}

/// The court clears a proposal away whatever staking says, as staking may have done so before. The
/// hold that stays behind is over, and binds nobody.
#[test]
fn a_proposal_that_is_cleared_away_during_a_payment_binds_nobody() {
    let (origin, attacker) = stage();
    let owner = owner_of(OVER);
    for payment in payments(&origin, attacker) {
        let strike = strikes(&origin).into_iter().find(|strike| strike.cell == "lapse(uint256)");
        let strike = strike.unwrap();
        let (mut after, mut during) = (origin.world.clone(), origin.world.clone());
        pay(&mut after, &payment, &strike, U256::ZERO);
        after.lapse(origin.over);
        let outcomes = pay(&mut during, &payment, &strike, U256::ONE);

        assert_eq!(outcomes, [(true, Bytes::new())]);
        assert_eq!(during.state(origin.over), Court::State::Lapsed);
        assert_eq!(during.loss(), after.loss());
        for world in [&mut after, &mut during] {
            let held = world.asks(Staking::holdOfCall { id: OVER });
            assert_eq!((held.bondLoss, held.until), (U256::ZERO, U256::ZERO));
            world.does(owner, Staking::unjailCall { id: OVER });
            world.delegate(attacker, OVER, ether(1));
            world.propose(OVER, U256::from(100), OTHER_EVIDENCE);
        }
        let figures = |world: &World| {
            let told = world.sequencer(OVER);
            (told.status, told.bond, told.delegated, told.jailedUntil)
        };
        assert_eq!(figures(&during), figures(&after));
        assert_eq!(during.ledger(), after.ledger());
    }
}
