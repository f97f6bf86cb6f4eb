dist_man1_MANS = doc/poolrun.1

# The completions come from the table of options in the program, which cannot
# be run here if it is built for another machine.
if !CROSS_COMPILING
nodist_bashcomp_DATA = doc/bash/poolrun
nodist_zshcomp_DATA = doc/zsh/_poolrun
endif
CLEANFILES += doc/bash/poolrun doc/zsh/_poolrun

doc/bash/poolrun: src/poolrun$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) doc/bash && \
	src/poolrun$(EXEEXT) --completion bash >$@.new && mv -f $@.new $@

doc/zsh/_poolrun: src/poolrun$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) doc/zsh && \
	src/poolrun$(EXEEXT) --completion zsh >$@.new && mv -f $@.new $@
