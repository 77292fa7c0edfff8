// SPDX-License-Identifier: GPL-3.0-or-later
/// Draws layers over given scales.
struct Painter {
  let frame: Frame
  let x, y: Scale
  /// What is cut off at the frame, and what may reach over it: marks on the edge.
  private(set) var clipped = Element()
  private(set) var free = Element()
  private(set) var notes: [String] = []

  init(frame: Frame, x: Scale, y: Scale) { (self.frame, self.x, self.y) = (frame, x, y) }

  mutating func paint(_ layer: Layer) {
    switch layer {
    case .region(_, let series, let xs, let ys):
      let (left, right) = (xs.lower.map(x.clamped) ?? frame.left, xs.upper.map(x.clamped) ?? frame.right)
      let (bottom, top) = (ys.lower.map(y.clamped) ?? frame.bottom, ys.upper.map(y.clamped) ?? frame.top)
      clipped.rectangle("region s\(series % seriesCount)", x: left, y: top, width: right - left, height: bottom - top)
    case .band(_, let series, let points): paintBand(series, points)
    case .rule(_, .x, let at): clipped.segment("rule", x.position(at), frame.top, x.position(at), frame.bottom)
    case .rule(_, .y, let at): clipped.segment("rule", frame.left, y.position(at), frame.right, y.position(at))
    case .bars(_, let series, let bars):
      for bar in bars {
        let (left, right, top) = (x.position(bar.from), x.position(bar.to), y.position(bar.height))
        clipped.rectangle(
          "bar s\(series % seriesCount)", x: left, y: min(top, y.position(0)), width: right - left,
          height: abs(y.position(0) - top))
      }
    case .line(let name, let series, let points): paintLine(name, series, points)
    case .marks(let name, let series, let marks): paintMarks(name, series, marks)
    }
  }

  private mutating func paintLine(_ name: String, _ series: Int, _ points: [Point]) {
    let places = points.map { Point(x.position($0.x), y.position($0.y)) }
    let kept = thinnedLine(places)
    if kept.count < places.count {
      notes.append(
        "\(name.isEmpty ? "The curve" : name): \(kept.count) of \(places.count) points are drawn, the first, last, lowest and highest of each pixel."
      )
    }
    guard kept.count > 1 else { return }
    clipped.add("path", [("class", "line s\(series % seriesCount)"), ("d", path(kept))])
  }

  private mutating func paintBand(_ series: Int, _ points: [BandPoint]) {
    let upper = thinnedLine(points.map { Point(x.position($0.x), y.position($0.upper)) })
    let lower = thinnedLine(points.map { Point(x.position($0.x), y.position($0.lower)) })
    clipped.add("path", [("class", "band s\(series % seriesCount)"), ("d", path(upper + lower.reversed()) + "Z")])
  }

  private mutating func paintMarks(_ name: String, _ series: Int, _ marks: [Mark]) {
    let kept = thinnedMarks(marks.map { Point(x.position($0.x), y.position($0.y)) }).map { marks[$0] }
    if kept.count < marks.count {
      notes.append(
        "\(name.isEmpty ? "Marks" : name): \(kept.count) of \(marks.count) marks are drawn, one where many lie on each other."
      )
    }
    let showsErrors = kept.count <= 400
    if !showsErrors, kept.contains(where: { $0.xInterval != nil || $0.yInterval != nil }) {
      notes.append("\(name.isEmpty ? "Marks" : name): intervals are left out where there are more than 400 marks.")
    }
    var errors = ""
    for mark in kept where showsErrors {
      let (px, py) = (x.position(mark.x), y.position(mark.y))
      if let interval = mark.xInterval {
        let (left, right) = (interval.lower.map(x.clamped) ?? frame.left, interval.upper.map(x.clamped) ?? frame.right)
        errors += "M\(coordinate(left)) \(coordinate(py))H\(coordinate(right))"
      }
      if let interval = mark.yInterval {
        let (low, high) = (interval.lower.map(y.clamped) ?? frame.bottom, interval.upper.map(y.clamped) ?? frame.top)
        errors += "M\(coordinate(px)) \(coordinate(low))V\(coordinate(high))"
      }
    }
    if !errors.isEmpty { clipped.add("path", [("class", "error s\(series % seriesCount)"), ("d", errors)]) }
    for mark in kept where isInside(mark) {
      free.mark(series: series, x: x.position(mark.x), y: y.position(mark.y), label: showsErrors ? mark.label : "")
    }
    let outside = kept.count { !isInside($0) }
    if outside > 0 { notes.append("\(name.isEmpty ? "Marks" : name): \(outside) marks lie outside of the figure.") }
  }

  private func isInside(_ mark: Mark) -> Bool {
    let (px, py) = (x.position(mark.x), y.position(mark.y))
    return px >= frame.left - 0.5 && px <= frame.right + 0.5 && py >= frame.top - 0.5 && py <= frame.bottom + 0.5
  }

  private func path(_ points: [Point]) -> String {
    var text = ""
    for (place, point) in points.enumerated() {
      // Far outside, coordinates only need to be far outside.
      let (px, py) = (min(max(point.x, -1e5), 1e5), min(max(point.y, -1e5), 1e5))
      text += "\(place == 0 ? "M" : "L")\(coordinate(px)) \(coordinate(py))"
    }
    return text
  }
}
