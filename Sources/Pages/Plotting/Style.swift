// SPDX-License-Identifier: GPL-3.0-or-later
/// How many series have a look of their own; the next ones repeat.
public let seriesCount = 8

/// The colours of series: after Okabe and Ito (2008), which people with any colour vision tell apart, darkened or brightened so that each
/// has a contrast of at least 3 to the page.
public enum SeriesColour {
  /// On white.
  public static let light = ["#0072B2", "#B84A00", "#007A5A", "#A3477F", "#444444", "#2F7FA8", "#8C2F1B", "#7A6200"]
  /// On the dark page.
  public static let dark = ["#5AB4F0", "#FF9142", "#35C9A0", "#EBA0CC", "#F2F2F2", "#9AD8FA", "#F08A78", "#E8C838"]
  /// The dashes of lines.
  static let dashes = ["none", "7 3", "2 3", "9 3 2 3", "12 4", "4 2", "1 2", "6 2 1 2 1 2"]
}

/// The colours of the page, of which figures take letters, axes and paper.
public enum PageColour {
  /// Paper, letters, faint letters, hair lines.
  public static let light = (paper: "#FFFFFF", ink: "#1B1B1B", faint: "#5A5A5A", hair: "#DDDDDD")
  /// The same for the dark page.
  public static let dark = (paper: "#16181B", ink: "#E9E9E6", faint: "#A8A8A3", hair: "#3A3D41")
}

/// The style sheet of all figures of a page, once: light, dark, and light again where it is printed.
public let plotStyle: String = {
  func variables(_ colours: [String], _ page: (paper: String, ink: String, faint: String, hair: String)) -> String {
    "--paper:\(page.paper);--ink:\(page.ink);--faint:\(page.faint);--hair:\(page.hair);"
      + colours.enumerated().map { "--s\($0):\($1);" }.joined()
  }
  let (light, dark) = (
    variables(SeriesColour.light, PageColour.light), variables(SeriesColour.dark, PageColour.dark)
  )
  var style = """
    :root{color-scheme:light dark;\(light)}
    @media screen and (prefers-color-scheme:dark){:root{\(dark)}}
    .plot{display:block;width:100%;height:auto;font:13px system-ui,sans-serif;overflow:visible}
    .plot text{fill:var(--ink);unicode-bidi:isolate}.plot .faint{fill:var(--faint)}.plot .strong{font-weight:600}
    .plot path,.plot rect{vector-effect:non-scaling-stroke}
    .plot .grid{stroke:var(--hair);fill:none}.plot .axis{stroke:var(--faint);fill:none}
    .plot .rule{stroke:var(--ink);stroke-dasharray:5 3;fill:none}
    .plot .line{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round;stroke-dasharray:var(--d)}
    .plot .arc{stroke:var(--c);stroke-opacity:.55;stroke-width:1.2;fill:none}.plot .band{fill:var(--c);fill-opacity:.2}.plot .region{fill:var(--c);fill-opacity:.12}
    .plot .bar{fill:var(--c);fill-opacity:.75;stroke:var(--paper);stroke-width:.5}
    .plot .mark{fill:var(--c);stroke:var(--paper);stroke-width:.8}.plot .error{stroke:var(--c);stroke-width:1.4;fill:none}
    @media (max-width:430px){.plot{font-size:15px}}

    """
  for series in 0..<seriesCount {
    style += ".plot .s\(series){--c:var(--s\(series));--d:\(SeriesColour.dashes[series])}"
  }
  return style + "\n"
}()
