//! Stack words per frame, checked on entry.

use wasmparser::{BlockType, Operator};

use super::operator::profile;
use super::{Code, Place, Scope};
use crate::stylus::refusal::Refusal;

/// Words that every frame takes besides its locals and its operand stack.
const FRAME: u32 = 4;

/// Takes the frame's words from the budget on entry and gives them back where the function returns.
///
/// They are given back before every `return` and the final `end`: a branch to the function's own
/// label gives nothing back. The number of operators put in is part of what activation charges for.
///
/// # Errors
///
/// [`Refusal::OperandsTooDeep`], [`Refusal::FrameTooLarge`].
pub(super) fn bound_frame<'a>(
    code: Code<'a>,
    scope: &Scope<'_>,
    place: &Place,
) -> Result<Code<'a>, Refusal> {
    let limits = &scope.version.limits;
    let function = place.index;
    let words = operands(&code, scope, place.returns);
    if words > limits.frame_operands {
        return Err(Refusal::OperandsTooDeep { function, words, limit: limits.frame_operands });
    }
    let words = words.saturating_add(place.locals).saturating_add(FRAME);
    if words > limits.frame_words {
        return Err(Refusal::FrameTooLarge { function, words, limit: limits.frame_words });
    }

    let last = code.len().saturating_sub(1);
    let mut bounded = enter(scope, words);
    bounded.reserve(code.len());
    for (position, operator) in code.into_iter().enumerate() {
        if position == last || matches!(operator, Operator::Return) {
            bounded.extend(leave(scope, words));
        }
        bounded.push(operator);
    }
    Ok(bounded)
}

/// Highest operand stack of the function, in words: every value is one.
///
/// The stack is that of validation. After an unconditional branch it is down at the base of the
/// enclosing block, whatever is popped there.
fn operands(code: &[Operator<'_>], scope: &Scope<'_>, returns: bool) -> u32 {
    let (mut height, mut worst): (u32, u32) = (0, 0);
    // Of each open block: the stack below it, and the words it leaves on it.
    let mut blocks = vec![(0, u32::from(returns))];
    for operator in code {
        let base = blocks.last().map_or(0, |(base, _)| *base);
        let (pops, pushes) = profile(operator, scope).map_or((0, 0), |p| (p.pops, p.pushes));
        height = height.saturating_sub(pops).max(base).saturating_add(pushes);
        match operator {
            Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty } => {
                blocks.push((height, u32::from(!matches!(blockty, BlockType::Empty))));
            }
            Operator::End => {
                let (base, results) = blocks.pop().unwrap_or_default();
                height = base + results;
            }
            Operator::Else
            | Operator::Unreachable
            | Operator::Br { .. }
            | Operator::BrTable { .. }
            | Operator::Return => height = base,
            _ => {}
        }
        worst = worst.max(height);
    }
    worst
}

/// `if stack <= words { stack = 0; unreachable } else { stack -= words }`.
fn enter<'a>(scope: &Scope<'_>, words: u32) -> Code<'a> {
    let stack = scope.stack;
    vec![
        Operator::GlobalGet { global_index: stack },
        Operator::I32Const { value: words as i32 },
        Operator::I32LeU,
        Operator::If { blockty: BlockType::Empty },
        Operator::I32Const { value: 0 },
        Operator::GlobalSet { global_index: stack },
        Operator::Unreachable,
        Operator::Else,
        Operator::GlobalGet { global_index: stack },
        Operator::I32Const { value: words as i32 },
        Operator::I32Sub,
        Operator::GlobalSet { global_index: stack },
        Operator::End,
    ]
}

/// `stack += words`.
fn leave<'a>(scope: &Scope<'_>, words: u32) -> [Operator<'a>; 4] {
    [
        Operator::GlobalGet { global_index: scope.stack },
        Operator::I32Const { value: words as i32 },
        Operator::I32Add,
        Operator::GlobalSet { global_index: scope.stack },
    ]
}
