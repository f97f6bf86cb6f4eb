# plot.gp - draw results.tsv (p, q, height) as a surface: surface.png
set terminal pngcairo size 900,700
set output "surface.png"
set datafile separator "\t"
set title "damped wave on a 12 x 12 grid"
set xlabel "p"
set ylabel "q"
unset key
set ticslevel 0
set hidden3d
set dgrid3d 36,36 splines
set pm3d
splot "results.tsv" using 1:2:3 with pm3d
