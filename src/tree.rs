//! Call trees as text.

use std::fmt::Write;

use crate::dictionary::Dictionary;
use crate::stylus::trace::{FrameKind, FrameTrace, HostCall, ProgramEnd};

/// A call tree: one line a frame with its gas, the program's ink and host calls, and logs.
pub(crate) fn render(frame: &FrameTrace, names: &Dictionary) -> String {
    let mut text = String::new();
    write_frame(&mut text, frame, names, 0);
    text
}

fn write_frame(text: &mut String, frame: &FrameTrace, names: &Dictionary, depth: usize) {
    let pad = "  ".repeat(depth);
    let kind = match frame.kind {
        FrameKind::Call => "call",
        FrameKind::CallCode => "callcode",
        FrameKind::DelegateCall => "delegatecall",
        FrameKind::StaticCall => "staticcall",
        FrameKind::Create => "create",
        FrameKind::Create2 => "create2",
    };
    let what = match frame.kind {
        FrameKind::Create | FrameKind::Create2 => {
            format!("{} bytes of init code", frame.input.len())
        }
        _ => names.call(&frame.input),
    };
    let _ = write!(text, "{pad}{} → {}", names.name(frame.caller), names.name(frame.target));
    if frame.code != frame.target {
        let _ = write!(text, " (code of {})", names.name(frame.code));
    }
    let _ = write!(text, " {kind} {what}");
    if !frame.value.is_zero() {
        let _ = write!(text, " value {}", frame.value);
    }
    let _ = writeln!(text, " [gas {} of {}]", frame.gas_used, frame.gas_limit);
    if let Some(program) = &frame.program {
        let _ = writeln!(
            text,
            "{pad}  | program: entry {} gas, ink {}{}",
            program.entry_gas,
            program.ink_start - program.ink_end,
            summary(&program.host_calls),
        );
    }
    for call in &frame.calls {
        write_frame(text, call, names, depth + 1);
    }
    for log in &frame.logs {
        let _ = writeln!(text, "{pad}  * {}", names.event(log));
    }
    let _ = writeln!(text, "{pad}  {}", ending(frame, names));
}

fn ending(frame: &FrameTrace, names: &Dictionary) -> String {
    let program = frame.program.as_ref().map(|program| &program.end);
    match program {
        Some(ProgramEnd::Trap(why)) => return format!("✗ trap: {why}"),
        Some(ProgramEnd::OutOfInk) => return "✗ out of ink".into(),
        Some(ProgramEnd::OutOfStack) => return "✗ out of operand stack".into(),
        Some(ProgramEnd::NotCallable(why)) => return format!("✗ not callable: {why}"),
        Some(ProgramEnd::EntryUnpaid) => return "✗ not enough gas to enter the program".into(),
        Some(ProgramEnd::Status(_)) | None => {}
    }
    if frame.result.is_ok() {
        let output = &frame.output;
        match (frame.kind, output.len()) {
            (_, 0) => "✓".into(),
            (FrameKind::Create | FrameKind::Create2, size) => format!("✓ {size} bytes of code"),
            (_, size) if size <= 64 => format!("✓ {output}"),
            (_, size) => format!("✓ {size} bytes"),
        }
    } else if frame.result.is_revert() {
        format!("✗ revert: {}", names.error(&frame.output))
    } else {
        format!("✗ {:?}", frame.result)
    }
}

/// Host calls by name: how many, and their ink.
fn summary(calls: &[HostCall]) -> String {
    let mut by_name: Vec<(&str, usize, u64)> = Vec::new();
    for call in calls {
        match by_name.iter_mut().find(|(name, ..)| *name == call.name) {
            Some((_, count, ink)) => {
                *count += 1;
                *ink += call.ink();
            }
            None => by_name.push((call.name, 1, call.ink())),
        }
    }
    let mut text = String::new();
    for (name, count, ink) in by_name {
        let _ = write!(text, ", {name} ×{count} {ink}");
    }
    text
}
