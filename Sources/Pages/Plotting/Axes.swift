// SPDX-License-Identifier: GPL-3.0-or-later
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
    var group = Element()
    for (value, label) in zip(yTicks.values, yTicks.labels) {
      let place = y.position(value)
      group.segment("grid", frame.left, place, frame.right, place)
      group.label(
        label, x: frame.left - 6, y: place + 4.5, anchor: "end", style: "faint", others: [("data-v", "\(value)")])
    }
    element.add("g", [("data-axis", "y")], content: group.text)
    let ticks = element.levelTicks(x, frame, count: 7)
    element.segment("axis", frame.left, frame.bottom, frame.right, frame.bottom)
    element.segment("axis", frame.left, frame.top, frame.left, frame.bottom)
    element.label(
      fitted(titled(yTitle, yTicks), within: (frame.right - 10) / 16), x: 10, y: frame.top - 10, style: "strong")
    element.label(
      fitted(titled(xTitle, ticks), within: (frame.right - 10) / 16), x: frame.right, y: frame.bottom + 36,
      anchor: "end",
      style: "strong")
  }

  private func titled(_ title: String, _ ticks: Ticks) -> String {
    ticks.exponent == 0 ? title : "\(title), multiples of \(powerOfTen(ticks.exponent))"
  }
}

extension Element {
  /// Draws the grid and the labels of a level axis below `frame`: at most `count`, as many as stand beside each other; where no four do,
  /// some without a label, zero first of all with one.
  ///
  /// - Returns: the ticks, labelled or not.
  mutating func levelTicks(_ scale: Scale, _ frame: Frame, count: Int) -> Ticks {
    func places(_ ticks: Ticks) -> [Double] { ticks.values.map(scale.position) }
    // Labels beside each other need room; letters are larger on narrow screens.
    func halves(_ ticks: Ticks) -> [Double] { ticks.labels.map { textWidth($0) * Figure.letter / 2 + 4 } }
    func isOnPaper(_ place: Double, _ half: Double) -> Bool { place >= half - 4 && place <= Figure.width - half + 4 }
    func haveRoom(_ ticks: Ticks) -> Bool {
      let (places, halves) = (places(ticks), halves(ticks))
      return ticks.values.count >= 2 && places.indices.allSatisfy { isOnPaper(places[$0], halves[$0]) }
        && places.indices.dropFirst().allSatisfy { places[$0] - places[$0 - 1] >= halves[$0] + halves[$0 - 1] }
    }
    let ticks =
      stride(from: count, through: 4, by: -1).lazy.map(scale.ticks).first(where: haveRoom) ?? scale.ticks(count: count)
    let (places, halves) = (places(ticks), halves(ticks))
    let first = ticks.values.firstIndex(of: 0) ?? 0
    var labelled = Set<Int>()
    for way in [Array(first..<places.count), Array((0..<min(first + 1, places.count)).reversed())] {
      var last: Int?
      for place in way
      where isOnPaper(places[place], halves[place])
        && (last.map({ abs(places[place] - places[$0]) >= halves[place] + halves[$0] }) ?? true)
      {
        labelled.insert(place)
        last = place
      }
    }
    var group = Element()
    for (place, x) in places.enumerated() {
      group.segment("grid", x, frame.top, x, frame.bottom)
      guard labelled.contains(place) else { continue }
      group.label(
        ticks.labels[place], x: x, y: frame.bottom + 17, anchor: "middle", style: "faint",
        others: [("data-v", "\(ticks.values[place])")])
    }
    add("g", [("data-axis", "x")], content: group.text)
    return ticks
  }
}
