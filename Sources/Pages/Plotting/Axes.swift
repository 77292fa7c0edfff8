/// The rectangle in which data are drawn.
struct Frame {
  let left, right, top, bottom: Double
}

/// Grid, marks and titles of two axes.
struct Axes {
  let frame: Frame
  let x, y: Scale
  let yTicks: Ticks

  func draw(into element: inout Element, xTitle: String, yTitle: String) {
    var ticks = x.ticks(count: 7)
    // Labels beside each other need room; letters are larger on narrow screens.
    let room = (frame.right - frame.left) / Double(max(1, ticks.values.count))
    if let widest = ticks.labels.map({ textWidth($0) * 16 + 8 }).max(), widest > room { ticks = x.ticks(count: 4) }
    var group = Element()
    for (value, label) in zip(yTicks.values, yTicks.labels) {
      let place = y.position(value)
      group.segment("grid", frame.left, place, frame.right, place)
      group.label(
        label, x: frame.left - 6, y: place + 4.5, anchor: "end", style: "faint", others: [("data-v", "\(value)")])
    }
    element.add("g", [("data-axis", "y")], content: group.text)
    group = Element()
    for (value, label) in zip(ticks.values, ticks.labels) {
      let place = x.position(value)
      group.segment("grid", place, frame.top, place, frame.bottom)
      group.label(
        label, x: place, y: frame.bottom + 17, anchor: "middle", style: "faint", others: [("data-v", "\(value)")])
    }
    element.add("g", [("data-axis", "x")], content: group.text)
    element.segment("axis", frame.left, frame.bottom, frame.right, frame.bottom)
    element.segment("axis", frame.left, frame.top, frame.left, frame.bottom)
    element.label(
      fitted(titled(yTitle, yTicks), within: (frame.right - 10) / 14.5), x: 10, y: frame.top - 10, style: "strong")
    element.label(
      fitted(titled(xTitle, ticks), within: (frame.right - 10) / 14.5), x: frame.right, y: frame.bottom + 36,
      anchor: "end",
      style: "strong")
  }

  private func titled(_ title: String, _ ticks: Ticks) -> String {
    ticks.exponent == 0 ? title : "\(title), multiples of \(powerOfTen(ticks.exponent))"
  }
}
