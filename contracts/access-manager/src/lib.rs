//! The access manager. What it does is told by `interfaces/IAccessManager.sol`; this is its table
//! of contents, and each flow has a file. Who may do what is decided in `rules`.
//!
//! The program exists on `wasm32` only.
#![cfg(target_arch = "wasm32")]

mod construct;
mod errors;
mod execute;
mod members;
mod multicall;
mod operation;
mod roles;
mod rules;
mod schedule;
mod state;
mod suspend;
mod targets;
mod views;

emetis_common::table! { IAccessManager, call:
    constructor => construct::construct(call.change()?),

    // what targets ask
    canCallCall => views::can_call(call.view()?),
    consumeScheduledOpCall => schedule::consume_scheduled_op(call.change_or_own()?),

    // operations
    executeCall => execute::execute(call.pay_or_own()?),
    scheduleCall => schedule::schedule(call.change_or_own()?),
    cancelCall => schedule::cancel(call.change_or_own()?),
    multicallCall => multicall::multicall(call.change_or_own()?),

    // members
    grantRoleCall => members::grant_role(call.change_or_own()?),
    revokeRoleCall => members::revoke_role(call.change_or_own()?),
    renounceRoleCall => members::renounce_role(call.change_or_own()?),
    suspendCall => suspend::suspend(call.change_or_own()?),
    endSuspensionCall => suspend::end_suspension(call.change_or_own()?),

    // roles
    labelRoleCall => roles::label_role(call.change_or_own()?),
    setRoleAdminCall => roles::set_role_admin(call.change_or_own()?),
    setRoleGuardianCall => roles::set_role_guardian(call.change_or_own()?),
    setGrantDelayCall => roles::set_grant_delay(call.change_or_own()?),

    // targets
    setTargetFunctionRoleCall => targets::set_target_function_role(call.change_or_own()?),
    setTargetAdminDelayCall => targets::set_target_admin_delay(call.change_or_own()?),
    setTargetClosedCall => targets::set_target_closed(call.change_or_own()?),
    updateAuthorityCall => targets::update_authority(call.change_or_own()?),

    // views
    hasRoleCall => views::has_role(call.view()?),
    getAccessCall => views::get_access(call.view()?),
    getSuspensionCall => views::get_suspension(call.view()?),
    getRoleAdminCall => views::get_role_admin(call.view()?),
    getRoleGuardianCall => views::get_role_guardian(call.view()?),
    getRoleGrantDelayCall => views::get_role_grant_delay(call.view()?),
    getTargetFunctionRoleCall => views::get_target_function_role(call.view()?),
    getTargetAdminDelayCall => views::get_target_admin_delay(call.view()?),
    isTargetClosedCall => views::is_target_closed(call.view()?),
    isAuthorityFixedCall => views::is_authority_fixed(call.view()?),
    getScheduleCall => views::get_schedule(call.view()?),
    getNonceCall => views::get_nonce(call.view()?),
    hashOperationCall => views::hash_operation(call.view()?),
    expirationCall => views::expiration(call.view()?),
    minSetbackCall => views::min_setback(call.view()?),
    ADMIN_ROLECall => views::admin_role(call.view()?),
    PUBLIC_ROLECall => views::public_role(call.view()?),
    NOBODY_ROLECall => views::nobody_role(call.view()?),
}
