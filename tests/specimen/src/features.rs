//! The large parts, which give a board its face.

use crate::layout::Planner;
use crate::part::Kind;

/// A mainboard: ports, processor, memory, slots.
pub(crate) fn mainboard(planner: &mut Planner<'_>, title: &str) {
    let [w, h] = planner.size;
    for x in [6.0, w - 6.0] {
        for y in [6.0, h - 6.0] {
            planner.hole([x, y]);
        }
    }
    if w > 200.0 {
        planner.hole([w * 0.52, h * 0.62]);
        planner.hole([w * 0.52, h - 6.0]);
    }
    ports(planner, 16.0, w * 0.62);
    planner.set(Kind::PowerPlug { columns: 4 }, [w * 0.66 + 12.0, 7.0], 0);
    let socket = [w * 0.36, h * 0.37];
    planner.set(Kind::Socket { side: 43.0 }, socket, 0);
    let tall = 5.0 + planner.random.range(0.0, 2.0);
    for k in 0..((w * 0.28 / 11.0) as usize) {
        let x = w * 0.20 + 11.4 * k as f64;
        planner.set(Kind::Inductor { side: 10.0, height: tall }, [x, socket[1] - 21.5 - 9.5], 0);
        planner.try_set(Kind::PowerTransistor, [x, socket[1] - 41.0], 0, 0.3);
    }
    for k in 0..5 {
        let can = Kind::Electrolytic { diameter: 8.0, height: 10.5 };
        planner.try_set(can, [socket[0] - 31.0, socket[1] - 18.0 + 9.3 * f64::from(k)], 1, 0.2);
        planner.try_set(can, [socket[0] - 40.0, socket[1] - 18.0 + 9.3 * f64::from(k)], 1, 0.2);
    }
    let memory = (h * 0.62).min(133.0);
    for k in 0..if w > 200.0 { 4 } else { 2 } {
        planner.set(Kind::MemorySocket { length: memory }, [w * 0.64 + 9.6 * f64::from(k), 17.0 + memory / 2.0], 1);
    }
    planner.set(Kind::PowerPlug { columns: 10 }, [w - 7.0, h * 0.36], 1);
    let slots = ((h * 0.36 / 20.32) as usize).clamp(1, 4);
    for k in 0..slots {
        let length = if k % 2 == 0 { 89.0 } else { 26.0 };
        planner.set(Kind::Slot { length }, [14.0 + length / 2.0, h - 16.0 - 20.32 * k as f64], 0);
    }
    for k in 0..4 {
        planner.try_set(Kind::Storage, [w - 5.0, h * 0.62 + 18.4 * f64::from(k)], 1, 0.3);
    }
    planner.try_set(Kind::Battery, [w * 0.57, h * 0.76], 0, 0.5);
    let hub = [w * 0.76, h * 0.80];
    if planner.random.chance(0.35) {
        planner.try_set(Kind::HeatSink { size: [34.0, 30.0, 11.0] }, hub, 0, 0.5);
    } else {
        planner.try_set(Kind::BallGrid { side: 27.0, bare_die: true }, hub, 0, 0.5);
    }
    headers(planner, w * 0.50, w - 14.0);
    titles(planner, title);
}

/// A module: a controller and what it talks to.
pub(crate) fn module(planner: &mut Planner<'_>, title: &str) {
    let [w, h] = planner.size;
    for x in [5.0, w - 5.0] {
        for y in [5.0, h - 5.0] {
            planner.hole([x, y]);
        }
    }
    ports(planner, 13.0, w * 0.5);
    headers(planner, 12.0, w * 0.55);
    let side = if planner.random.chance(0.5) { 20.0 } else { 14.0 };
    let leads = if side > 15.0 { 36 } else { 25 };
    let middle = [w * planner.random.range(0.4, 0.6), h * planner.random.range(0.5, 0.62)];
    planner.try_set(Kind::Quad { side, leads, gull_wing: true }, middle, 0, 1.0);
    if planner.random.chance(0.5) {
        let size = [(w * 0.2).min(24.0), (h * 0.24).min(20.0)];
        planner.try_set(Kind::Shield { size }, [w * 0.8, h * 0.6], 0, 0.8);
    }
    for _ in 0..2 {
        let place = planner.anywhere();
        planner.try_set(Kind::Inductor { side: 7.0, height: 4.2 }, place, 0, 0.8);
    }
    titles(planner, title);
}

/// Ports along the upper edge, standing out over it.
fn ports(planner: &mut Planner<'_>, from: f64, to: f64) {
    let mut x = from;
    loop {
        let (width, depth) = *planner.random.pick(&[(14.0, 18.0), (16.5, 21.0), (31.0, 17.0), (13.0, 16.0)]);
        if x + width > to {
            return;
        }
        let size = [width, depth, planner.random.range(6.0, 15.0)];
        planner.set(Kind::Port { size }, [x + width / 2.0, depth / 2.0 - 2.5], 0);
        x += width + 1.8;
    }
}

/// Pin headers along the lower edge.
fn headers(planner: &mut Planner<'_>, from: f64, to: f64) {
    let mut x = from;
    while x < to {
        let columns = 3 + planner.random.below(7);
        let rows = 1 + planner.random.below(2);
        let width = columns as f64 * 2.54;
        planner.try_set(Kind::Header { columns, rows }, [x + width / 2.0, planner.size[1] - 4.5], 0, 0.3);
        x += width + planner.random.range(3.0, 12.0);
    }
}

/// The product's name, a code, and the maker's labels.
fn titles(planner: &mut Planner<'_>, title: &str) {
    let [w, h] = planner.size;
    let large = (w * 0.022).clamp(2.4, 5.0);
    let code = format!("{}-{}", planner.random.code(5), planner.random.code(2));
    planner.print(title, [w * 0.5, h * 0.56], large, true);
    planner.print("REV:A", [w * 0.55, h * 0.62], large * 0.6, true);
    planner.print(&code, [w * 0.3, h * 0.64], large * 0.5, true);
    planner.label([w * 0.45, h * 0.64], if w > 140.0 { [34.0, 9.0] } else { [18.0, 6.0] });
    if w > 140.0 {
        planner.label([w * 0.8, h * 0.6], [16.0, 7.0]);
    }
}
