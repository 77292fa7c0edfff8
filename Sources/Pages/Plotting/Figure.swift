// SPDX-License-Identifier: GPL-3.0-or-later
/// An axis of a ``Figure``.
public struct Axis: Sendable, Equatable {
  /// What it measures, with the unit.
  public let title: String
  /// How values lie along it.
  public let kind: ScaleKind
  /// Values that must be on it besides those of the layers.
  public let including: [Double]
  /// Whether it ends there, and what lies beyond is cut off; else it has room for all.
  public let limits: ClosedRange<Double>?

  /// An axis named `title`.
  public init(
    _ title: String, _ kind: ScaleKind = .linear, including: [Double] = [], limits: ClosedRange<Double>? = nil
  ) {
    (self.title, self.kind, self.including, self.limits) = (title, kind, including, limits)
  }
}

/// Layers over two axes.
public struct Figure: Drawing {
  /// What it shows, in a few words.
  public let title: String
  /// The text for those who do not see it.
  public let summary: String
  /// The level axis and the upright one.
  public let x, y: Axis
  /// What is drawn, from back to front.
  public let layers: [Layer]

  /// A figure of `layers` over the axes `x` and `y`.
  public init(title: String, summary: String, x: Axis, y: Axis, layers: [Layer]) {
    (self.title, self.summary, self.x, self.y, self.layers) = (title, summary, x, y, layers)
  }

  /// The width of the paper in its own units, of which one is about a pixel.
  static let width = 480.0
  /// The size of letters that pictures have room for; on wide screens they are smaller.
  static let letter = 15.0
  private static let plotHeight = 250.0

  /// The SVG element; see ``Drawing``.
  public func drawn(id: String) throws(PlotError) -> Drawn {
    try checkNumbers()
    let (xs, ys) = (values(along: .x), values(along: .y))
    guard !xs.isEmpty, !ys.isEmpty else {
      throw PlotError(figure: title, place: "layers", rule: "there is no point to draw")
    }
    let legend = Legend(layers, left: 10, width: Figure.width - 20)
    let top = 30 + legend.height
    let bottom = top + Figure.plotHeight
    // The labels of y decide how much room they need; their number does not depend on it.
    let yScale = scale(y, ys, from: bottom, to: top)
    let yTicks = yScale.ticks(count: 6)
    let left = 14 + Figure.letter * (yTicks.labels.map { textWidth($0) }.max() ?? 0)
    let right = Figure.width - 16
    let xScale = scale(x, xs, from: left, to: right)
    var element = Element()
    legend.draw(into: &element, top: 4)
    let axes = Axes(
      frame: Frame(left: left, right: right, top: top, bottom: bottom), x: xScale, y: yScale, yTicks: yTicks)
    axes.draw(into: &element, xTitle: x.title, yTitle: y.title)
    let clip = "\(id)-c"
    element.add(
      "clipPath", [("id", clip)],
      content: Element.written(
        "rect",
        [
          ("x", coordinate(left)), ("y", coordinate(top)), ("width", coordinate(right - left)),
          ("height", coordinate(bottom - top)),
        ]))
    var painter = Painter(frame: axes.frame, x: xScale, y: yScale)
    for layer in layers { painter.paint(layer) }
    element.add("g", [("clip-path", "url(#\(clip))")], content: painter.clipped.text)
    element.add(painter.free.text)
    let svg = Element.figure(
      id: id, width: Figure.width, height: bottom + 44, title: title, summary: summary, element.text)
    return Drawn(svg: svg, notes: painter.notes)
  }

  private func scale(_ axis: Axis, _ values: [Double], from: Double, to: Double) -> Scale {
    if let limits = axis.limits {
      return Scale(
        covering: [limits.lowerBound, limits.upperBound], axis.kind, from: from, to: to, margin: 0)
    }
    return Scale(covering: values + axis.including, axis.kind, from: from, to: to)
  }

  /// All numbers along one axis that decide what it covers.
  private func values(along axis: Layer.RuleAxis) -> [Double] {
    layers.flatMap { layer -> [Double] in
      switch (layer, axis) {
      case (.region(_, _, let x, let y), _):
        let side = axis == .x ? x : y
        return [side.lower, side.upper].compactMap(\.self)
      case (.band(_, _, let points), .x): return points.map(\.x)
      case (.band(_, _, let points), .y): return points.flatMap { [$0.lower, $0.upper] }
      case (.rule(_, let own, let at), _): return own == axis ? [at] : []
      case (.bars(_, _, let bars), .x): return bars.flatMap { [$0.from, $0.to] }
      case (.bars(_, _, let bars), .y): return [0] + bars.map(\.height)
      case (.line(_, _, let points), .x): return points.map(\.x)
      case (.line(_, _, let points), .y): return points.map(\.y)
      case (.marks(_, _, let marks), .x):
        return marks.flatMap { [$0.x, $0.xInterval?.lower, $0.xInterval?.upper].compactMap(\.self) }
      case (.marks(_, _, let marks), .y):
        return marks.flatMap { [$0.y, $0.yInterval?.lower, $0.yInterval?.upper].compactMap(\.self) }
      }
    }
  }

  private func checkNumbers() throws(PlotError) {
    for (axis, kind, all) in [
      ("x", x.kind, values(along: .x) + x.including), ("y", y.kind, values(along: .y) + y.including),
    ] {
      for value in all {
        guard value.isFinite else {
          throw PlotError(figure: title, place: "axis \(axis)", rule: "\(value) is not a finite number")
        }
        guard kind == .linear || value > 0 else {
          throw PlotError(
            figure: title, place: "axis \(axis)", rule: "\(value) is not above zero, as a logarithmic axis needs")
        }
        // Differences and squares of larger numbers leave the range of Double.
        guard abs(value) < 1e150 else {
          throw PlotError(
            figure: title, place: "axis \(axis)", rule: "\(value) is too large to draw; the limit is 1e150")
        }
      }
    }
  }
}
