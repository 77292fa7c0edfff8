// SPDX-License-Identifier: GPL-3.0-or-later
import Plotting

/// The style sheet of all pages: from 320 px to wide, light and dark, and on paper.
let pageStyle =
  plotStyle + """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0 auto;max-width:76rem;padding:0 1rem 3rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
    :root{--link:#0B57A4;--good:#00664A;--bad:#A23A00;--warning:#6B5200}
    @media screen and (prefers-color-scheme:dark){:root{--link:#7CC0FF;--good:#4FD3A8;--bad:#FF9A62;--warning:#E8C838}}
    a{color:var(--link)}a:focus-visible,[tabindex]:focus-visible,summary:focus-visible,input:focus-visible{outline:3px solid var(--link);outline-offset:2px}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.5rem;z-index:1}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    h1{font-size:1.7rem;line-height:1.2;margin:1.2rem 0 .4rem}h2{font-size:1.35rem;line-height:1.25;margin:2.2rem 0 .3rem;padding-top:.6rem;border-top:1px solid var(--hair)}h3{font-size:1.1rem;margin:1.6rem 0 .3rem}
    p,ul,dl,pre{margin:.5rem 0}p,li{max-width:46rem}
    .anchor{color:inherit;text-decoration:none}.anchor:hover{text-decoration:underline}
    .source,.note,.summary,footer{color:var(--faint);font-size:.9rem}
    nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}
    .callout{display:flex;gap:.6rem;padding:.6rem .8rem;border:1px solid var(--hair);border-left:5px solid var(--tone);max-width:46rem}
    .callout .sign{color:var(--tone);font-weight:700}
    .good{--tone:var(--good)}.bad{--tone:var(--bad)}.neutral{--tone:var(--link)}.warning{--tone:var(--warning)}
    dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21rem),1fr));gap:0 2rem}
    dl>div{display:flex;justify-content:space-between;gap:1rem;border-bottom:1px solid var(--hair);padding:.2rem 0}
    dt{color:var(--faint);flex:0 1 auto;min-width:min-content;overflow-wrap:normal}dd{margin:0;min-width:0;text-align:right;font-variant-numeric:tabular-nums}
    dd data{white-space:nowrap}
    .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,27rem),1fr));gap:1rem 2rem;align-items:start;margin:1rem 0}
    figure{margin:0;max-width:40rem;min-width:0}figcaption{font-weight:600;margin-bottom:.3rem}
    .scroll{overflow-x:auto;max-width:100%}
    table{border-collapse:collapse;font-size:.9rem;margin:.4rem 0;overflow-wrap:normal}caption{text-align:left;color:var(--faint);padding:.2rem 0;white-space:nowrap}
    th,td{padding:.2rem .7rem .2rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--hair);font-variant-numeric:tabular-nums;max-width:28rem}
    thead th{white-space:nowrap;vertical-align:bottom}tbody th{font-weight:400}.n{text-align:right;white-space:nowrap}
    pre{overflow-x:auto;max-width:100%;padding:.5rem .7rem;border:1px solid var(--hair);font-size:.85rem;overflow-wrap:normal}code{font-family:ui-monospace,monospace;font-size:.95em}
    summary{cursor:pointer;color:var(--link)}
    input{font:inherit;max-width:100%;padding:.3rem .5rem;background:var(--paper);color:var(--ink);border:1px solid var(--faint)}output{margin-left:.6rem;color:var(--faint)}
    [hidden]{display:none!important}
    @media (max-width:430px){h1{font-size:1.4rem}tbody th{min-width:5.5rem}dl>div{flex-wrap:wrap;gap:0 1rem}}
    @media print{body{max-width:none;padding:0;font-size:10pt}nav,.skip,form{display:none}details::details-content{content-visibility:visible;block-size:auto}summary{list-style:none;color:inherit}figure,tr,.callout{break-inside:avoid}.scroll,pre{overflow:visible}a{color:inherit}}

    """
