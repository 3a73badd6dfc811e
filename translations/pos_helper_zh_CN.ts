<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionBar</name>
    <message>
        <source>Which machine?</source>
        <translation>哪台设备？</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>不清楚</translation>
    </message>
    <message>
        <source>{0} of {1} steps</source>
        <translation>{0} / {1} 步</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Copy for chat</source>
        <translation>复制发客服</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>导出清单…</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>已解决</translation>
    </message>
    <message>
        <source>Undo the last tick</source>
        <translation>撤销刚才的勾选</translation>
    </message>
    <message>
        <source>Print...</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Other outcomes</source>
        <translation>其他结果</translation>
    </message>
    <message>
        <source>Steps tried</source>
        <translation>试过的步骤</translation>
    </message>
</context>
<context>
    <name>AnswerCard</name>
    <message>
        <source>Did the money move?</source>
        <translation>扣款了吗？</translation>
    </message>
    <message>
        <source>May I try again?</source>
        <translation>能再试吗？</translation>
    </message>
    <message>
        <source>Say to the customer</source>
        <translation>对顾客说</translation>
    </message>
    <message>
        <source>Do this first</source>
        <translation>先做这几步</translation>
    </message>
    <message>
        <source>I looked, it was:</source>
        <translation>我查过上一笔：</translation>
    </message>
    <message>
        <source>Charged</source>
        <translation>扣了</translation>
    </message>
    <message>
        <source>I looked: it was charged</source>
        <translation>我查过：已经扣款</translation>
    </message>
    <message>
        <source>Not charged</source>
        <translation>没扣</translation>
    </message>
    <message>
        <source>I looked: it was not charged</source>
        <translation>我查过：没有扣款</translation>
    </message>
    <message>
        <source>Not in the catalog</source>
        <translation>不在代码库里</translation>
    </message>
    <message>
        <source>Another screen?</source>
        <translation>换一个屏幕</translation>
    </message>
    <message>
        <source>Not known on {0}: handle it safely</source>
        <translation>在 {0} 上的意思查不到：先按安全的办法处理</translation>
    </message>
    <message>
        <source>Not known: handle it safely</source>
        <translation>代码库里没有：先按安全的办法处理</translation>
    </message>
    <message>
        <source>It is not clear which screen showed it: handle it safely</source>
        <translation>不清楚是哪个屏幕：先按安全的办法处理</translation>
    </message>
    <message>
        <source>Is this your screen?</source>
        <translation>是这个屏幕吗？</translation>
    </message>
    <message>
        <source>Different screens mean different things by it: which one showed it?</source>
        <translation>不同的屏幕意思不一样：是哪个屏幕显示的？</translation>
    </message>
    <message>
        <source>Ask again next time</source>
        <translation>下次再问</translation>
    </message>
    <message>
        <source>Always this one</source>
        <translation>以后都按这个</translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message>
        <source>Back up</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>Back up and restore</source>
        <translation>备份与恢复</translation>
    </message>
    <message>
        <source>One file with all cases, machines, own codes and settings. Keep it on a USB stick.</source>
        <translation>处理记录、机器、本店代码和设置都存进一个文件，请放到U盘上。</translation>
    </message>
    <message>
        <source>Back up...</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Restore from a file</source>
        <translation>从文件恢复</translation>
    </message>
    <message>
        <source>It replaces everything. What is here now is kept as a copy below, so it can be undone.</source>
        <translation>会替换全部数据。现在的数据先留底，列在下面，可以再恢复回来。</translation>
    </message>
    <message>
        <source>Restore...</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Copies kept by the program</source>
        <translation>程序自动留的备份</translation>
    </message>
    <message>
        <source>Restore this copy</source>
        <translation>恢复这一份</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>One a day for a week, one a week for four weeks. Choose one to go back to it.</source>
        <translation>最近一周每天一份，再往前四周每周一份。选一份就能回到那一天。</translation>
    </message>
    <message>
        <source>None yet. The program makes one every day.</source>
        <translation>还没有。程序每天会自动留一份。</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss this notice</source>
        <translation>关掉这条提示</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关掉</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>还有 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowsePage</name>
    <message>
        <source>Touch what is most like it.</source>
        <translation>点最像的一条。</translation>
    </message>
</context>
<context>
    <name>BrowseTiles</name>
    <message>
        <source>What is wrong?</source>
        <translation>出了什么事？</translation>
    </message>
</context>
<context>
    <name>CaseLine</name>
    <message>
        <source>Change...</source>
        <translation>修改…</translation>
    </message>
    <message>
        <source>Change to whom it was handed over</source>
        <translation>修改转交给了谁</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Go on with that case</source>
        <translation>接着处理那一条</translation>
    </message>
    <message>
        <source>Worked on today at {0}: {1}</source>
        <translation>今天 {0} 处理过：{1}</translation>
    </message>
    <message>
        <source>Solved by: {0}</source>
        <translation>解决的办法：{0}</translation>
    </message>
    <message>
        <source>Solved, none of the ticked steps helped</source>
        <translation>已解决，打勾的步骤都没起作用</translation>
    </message>
    <message>
        <source>Handed over to {0}, their number {1}</source>
        <translation>已转交{0}，对方单号 {1}</translation>
    </message>
    <message>
        <source>Handed over to {0}</source>
        <translation>已转交{0}</translation>
    </message>
    <message>
        <source>Handed over, their number {0}</source>
        <translation>已转交，对方单号 {0}</translation>
    </message>
</context>
<context>
    <name>CauseTabs</name>
    <message>
        <source>Causes and remedies</source>
        <translation>原因和办法</translation>
    </message>
    <message>
        <source>Earlier tabs</source>
        <translation>前面的分类</translation>
    </message>
    <message>
        <source>Later tabs</source>
        <translation>后面的分类</translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>Checklist</source>
        <translation>处理清单</translation>
    </message>
    <message>
        <source>Nothing to do here for this code.</source>
        <translation>这个代码在这一类没有要做的。</translation>
    </message>
</context>
<context>
    <name>ChecklistLayout</name>
    <message>
        <source>How</source>
        <translation>怎么做</translation>
    </message>
</context>
<context>
    <name>ChecklistModel</name>
    <message>
        <source>Remind me...</source>
        <translation>提醒我…</translation>
    </message>
    <message>
        <source>So that it does not come back</source>
        <translation>以后怎么预防</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>程序出了点问题</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>复制详细信息</translation>
    </message>
</context>
<context>
    <name>DeletedCaseDialog</name>
    <message>
        <source>This case was deleted</source>
        <translation>这条记录已被删除</translation>
    </message>
    <message>
        <source>This case was deleted in another window.</source>
        <translation>这条记录在别的窗口里被删除了。</translation>
    </message>
    <message>
        <source>Keep the ticks and notes on screen as a new case?</source>
        <translation>要把屏幕上的勾和备注另存为新记录吗？</translation>
    </message>
    <message>
        <source>Keep as a new case</source>
        <translation>另存为新记录</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>不保留</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Handed over</source>
        <translation>已转交</translation>
    </message>
    <message>
        <source>For the hotline</source>
        <translation>打客服电话时要用的</translation>
    </message>
    <message>
        <source>Nothing is required, and all of it can be changed later.</source>
        <translation>都可以不填，以后还能改。</translation>
    </message>
</context>
<context>
    <name>DetailsFields</name>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Sale time</source>
        <translation>交易时间</translation>
    </message>
    <message>
        <source>Trace no.</source>
        <translation>凭证号</translation>
    </message>
    <message>
        <source>Reference no.</source>
        <translation>参考号</translation>
    </message>
    <message>
        <source>Authorisation code</source>
        <translation>授权码</translation>
    </message>
    <message>
        <source>Batch no.</source>
        <translation>批次号</translation>
    </message>
    <message>
        <source>Order no.</source>
        <translation>订单号</translation>
    </message>
    <message>
        <source>What the screen said</source>
        <translation>屏幕上写了什么</translation>
    </message>
    <message>
        <source>What changed since it last worked</source>
        <translation>上次正常以后改过什么</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>转交给谁</translation>
    </message>
    <message>
        <source>Their number for it</source>
        <translation>对方给的单号</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>刚才</translation>
    </message>
    <message>
        <source>The sale was just now</source>
        <translation>这笔就是刚才的</translation>
    </message>
</context>
<context>
    <name>DetailsRow</name>
    <message>
        <source>If you call,
they ask for</source>
        <translation>打电话时
对方会问</translation>
    </message>
    <message>
        <source>More...</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>More details for the hotline</source>
        <translation>打客服电话时要用的更多内容</translation>
    </message>
</context>
<context>
    <name>DueReminders</name>
    <message>
        <source>To do, so that it does not come back</source>
        <translation>该做了，免得再出毛病</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>今天该做</translation>
    </message>
    <message>
        <source>Due since {0}</source>
        <translation>{0} 就该做了</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Save the sheet</source>
        <translation>保存处理单</translation>
    </message>
    <message>
        <source>Export the sheet</source>
        <translation>导出处理单</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Text for a chat</source>
        <translation>聊天用的文字</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>PDF to print</source>
        <translation>打印用的 PDF</translation>
    </message>
    <message>
        <source>Table for Excel</source>
        <translation>Excel 表格</translation>
    </message>
    <message>
        <source>Data (JSON)</source>
        <translation>数据（JSON）</translation>
    </message>
    <message>
        <source>Language of the sheet</source>
        <translation>处理单的语言</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>中英文都要</translation>
    </message>
    <message>
        <source>Paper (PDF only)</source>
        <translation>纸张（只用于 PDF）</translation>
    </message>
    <message>
        <source>80 mm roll</source>
        <translation>80 毫米小票纸</translation>
    </message>
    <message>
        <source>List the steps not tried</source>
        <translation>列出没试的步骤</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Show as QR code</source>
        <translation>显示二维码</translation>
    </message>
    <message>
        <source>Print...</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save as...</source>
        <translation>另存为…</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>Delete the case “{0}” for good? Its ticks and notes will be gone.</source>
        <translation>要彻底删除记录“{0}”吗？里面的勾选和备注都会没有。</translation>
    </message>
    <message>
        <source>Delete a case</source>
        <translation>删除记录</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete all cases</source>
        <translation>删除全部处理记录</translation>
    </message>
    <message>
        <source>Delete all cases of this shop? There are {0}, with their ticks and notes.</source>
        <translation>要删除本店全部处理记录吗？一共 {0} 条，打过的勾和备注都会删掉。</translation>
    </message>
    <message>
        <source>Really delete all {0} cases for good? Nothing brings them back.</source>
        <translation>真的要永久删除全部 {0} 条吗？删掉就找不回来了。</translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>Delete {0} for good</source>
        <translation>永久删除 {0} 条</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Find by code, words or date</source>
        <translation>按代码、文字或日期查找</translation>
    </message>
    <message>
        <source>Find a case</source>
        <translation>找记录</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>处理记录</translation>
    </message>
    <message>
        <source>What keeps failing</source>
        <translation>老出什么问题</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Any outcome</source>
        <translation>全部结果</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Delete...</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Delete all...</source>
        <translation>全部删除…</translation>
    </message>
    <message>
        <source>All machines</source>
        <translation>全部机器</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>{0} of {1} cases</source>
        <translation>{0} 条，共 {1} 条</translation>
    </message>
    <message>
        <source>No case is like this.</source>
        <translation>没有这样的处理记录。</translation>
    </message>
    <message>
        <source>No cases yet. The first tick under a code opens one.</source>
        <translation>还没有记录。在某个代码下勾选第一步，就会建一条。</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>{0} of {1} steps</source>
        <translation>{0} / {1} 步</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
</context>
<context>
    <name>MachineDialog</name>
    <message>
        <source>Nothing is required. What you fill in stands beside the answer and on the sheet.</source>
        <translation>都可以不填。填了的会显示在答案旁边，也会写在单子上。</translation>
    </message>
    <message>
        <source>One more of this kind</source>
        <translation>再加一台同样的</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Number in the shop, such as 2</source>
        <translation>店里的编号，比如 2</translation>
    </message>
    <message>
        <source>What you call it</source>
        <translation>店里怎么叫它</translation>
    </message>
    <message>
        <source>Terminal ID (TID)</source>
        <translation>终端号（TID）</translation>
    </message>
    <message>
        <source>Hotline</source>
        <translation>客服电话</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Acquirer or service company</source>
        <translation>收单机构或服务商</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
</context>
<context>
    <name>MachinePicker</name>
    <message>
        <source>Here</source>
        <translation>有</translation>
    </message>
</context>
<context>
    <name>MachinesDialog</name>
    <message>
        <source>Our machines</source>
        <translation>本店设备</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>What stands at your counter?</source>
        <translation>店里有哪些设备？</translation>
    </message>
    <message>
        <source>Tap everything you have. Codes are then read for these machines first.</source>
        <translation>有什么就点什么。以后输入代码，先按这些设备来认。</translation>
    </message>
    <message>
        <source>Numbers and hotlines...</source>
        <translation>填编号和电话…</translation>
    </message>
    <message>
        <source>Tap a machine to fill in its number, its terminal ID and its hotline.</source>
        <translation>点一台设备，可以填编号、终端号和客服电话。</translation>
    </message>
    <message>
        <source>Add or remove...</source>
        <translation>增减设备…</translation>
    </message>
    <message>
        <source>Nothing filled in yet</source>
        <translation>还没填</translation>
    </message>
</context>
<context>
    <name>MachinesQuestion</name>
    <message>
        <source>What stands at your counter?</source>
        <translation>店里有哪些设备？</translation>
    </message>
    <message>
        <source>Two taps, and codes are read for your machines first.</source>
        <translation>点两下就好，以后代码先按你的设备来认。</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选一下</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>POS Helper</source>
        <translation>POS Helper</translation>
    </message>
</context>
<context>
    <name>Meanings</name>
    <message>
        <source>Known meanings</source>
        <translation>已知的含义</translation>
    </message>
    <message numerus="yes">
        <source>%n known meaning(s)</source>
        <translation>
            <numerusform>%n 种说法</numerusform>
        </translation>
    </message>
    <message>
        <source>Show what this code may mean, with sources</source>
        <translation>看这个代码可能是什么意思，以及出处</translation>
    </message>
</context>
<context>
    <name>NoteDialog</name>
    <message>
        <source>Note for this step</source>
        <translation>这一步的备注</translation>
    </message>
</context>
<context>
    <name>NoteEdit</name>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What did you see? What did you do?</source>
        <translation>看到了什么？做了什么？</translation>
    </message>
    <message>
        <source>This looks like a card number. It will be masked before it is kept.</source>
        <translation>这像是银行卡号，保存前会遮盖。</translation>
    </message>
    <message>
        <source>Never write a card number, a verification code or a PIN here.</source>
        <translation>这里不要写卡号、验证码或密码。</translation>
    </message>
    <message>
        <source>A note has up to {0} characters. What does not fit was not taken.</source>
        <translation>备注最多 {0} 个字，放不下的没有填进去。</translation>
    </message>
</context>
<context>
    <name>OpenCases</name>
    <message>
        <source>Open {0}</source>
        <translation>处理中 {0}</translation>
    </message>
    <message>
        <source>Open cases: {0}</source>
        <translation>处理中的记录：{0}</translation>
    </message>
    <message>
        <source>Go to another open case (Ctrl+O)</source>
        <translation>换到另一条处理中的记录（Ctrl+O）</translation>
    </message>
    <message>
        <source>All cases...</source>
        <translation>全部记录…</translation>
    </message>
</context>
<context>
    <name>PatternsDialog</name>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>What keeps failing</source>
        <translation>老出什么问题</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Save picture...</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>All machines</source>
        <translation>全部机器</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
</context>
<context>
    <name>PatternsPicture</name>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n 条处理记录</numerusform>
        </translation>
    </message>
    <message>
        <source>no cases</source>
        <translation>没有处理记录</translation>
    </message>
    <message>
        <source>What keeps failing</source>
        <translation>老出什么问题</translation>
    </message>
    <message>
        <source>Nothing stands out: what differs here may be chance.</source>
        <translation>没有特别突出的：这些差别可能只是碰巧。</translation>
    </message>
    <message>
        <source>Most often</source>
        <translation>出得最多</translation>
    </message>
    <message>
        <source>Cases; in amber those in which nobody knew whether money had moved</source>
        <translation>次数；黄色是一直不知道扣没扣款的</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>On which machine</source>
        <translation>在哪台机器</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Cases by weekday and hour; a stronger colour is more</source>
        <translation>按星期和钟点数的次数，颜色越浓越多</translation>
    </message>
    <message>
        <source>What helped</source>
        <translation>什么办法有用</translation>
    </message>
    <message>
        <source>In green how often it helped</source>
        <translation>绿色是有用的次数</translation>
    </message>
    <message>
        <source>{0}, money not known in {1}</source>
        <translation>{0} 次，{1} 次不知道扣没扣款</translation>
    </message>
    <message>
        <source>{0}, money not known</source>
        <translation>{0} 次，不知道扣没扣款</translation>
    </message>
    <message>
        <source>Not known which</source>
        <translation>不知道是哪台</translation>
    </message>
    <message>
        <source>helped {0} of {1} times</source>
        <translation>{1} 次里有 {0} 次有用</translation>
    </message>
</context>
<context>
    <name>QrDialog</name>
    <message>
        <source>QR code of the sheet</source>
        <translation>处理单的二维码</translation>
    </message>
    <message>
        <source>Scan it with a phone, then copy the text into the chat.</source>
        <translation>用手机扫一扫，再把文字复制到聊天里。</translation>
    </message>
</context>
<context>
    <name>RecentCases</name>
    <message>
        <source>Not finished</source>
        <translation>还没处理完</translation>
    </message>
    <message>
        <source>Cases that you have begun will stand here.</source>
        <translation>开始处理、还没处理完的，会列在这里。</translation>
    </message>
    <message>
        <source>Met here lately</source>
        <translation>本店最近常见</translation>
    </message>
    <message>
        <source>{0} times</source>
        <translation>{0} 次</translation>
    </message>
    <message>
        <source>once</source>
        <translation>1 次</translation>
    </message>
    <message>
        <source>today {0}</source>
        <translation>今天 {0}</translation>
    </message>
    <message>
        <source>yesterday {0}</source>
        <translation>昨天 {0}</translation>
    </message>
    <message>
        <source>{0} of {1} steps</source>
        <translation>{0} / {1} 步</translation>
    </message>
</context>
<context>
    <name>RecordDialog</name>
    <message>
        <source>This looks like a card number. It cannot be kept.</source>
        <translation>这像是卡号，不能记下来。</translation>
    </message>
    <message>
        <source>Never write a card number, a verification code or a PIN here.</source>
        <translation>这里不要写卡号、验证码或密码。</translation>
    </message>
    <message>
        <source>Record this code</source>
        <translation>记下这个代码</translation>
    </message>
    <message>
        <source>Kept in your shop&apos;s own pack on this computer, and found from now on, marked as yours.</source>
        <translation>存进这台电脑上本店自己的代码库，标着“本店记录”，以后都查得到。</translation>
    </message>
    <message>
        <source>Code, as the screen shows it</source>
        <translation>代码，照屏幕上显示的写</translation>
    </message>
    <message>
        <source>Which screen showed it?</source>
        <translation>是哪个屏幕显示的？</translation>
    </message>
    <message>
        <source>What did it mean?</source>
        <translation>它是什么意思？</translation>
    </message>
    <message>
        <source>What helped? (may stay empty)</source>
        <translation>什么办法有用？（可以不填）</translation>
    </message>
    <message>
        <source>As the hotline explained it</source>
        <translation>照客服说的写</translation>
    </message>
    <message>
        <source>In one sentence</source>
        <translation>一句话写清怎么做的</translation>
    </message>
    <message>
        <source>If something helped: where does it belong?</source>
        <translation>有用的办法属于哪一类？</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>What was found</source>
        <translation>查到的结果</translation>
    </message>
    <message>
        <source>General checks</source>
        <translation>通用排查</translation>
    </message>
    <message>
        <source>Record this code</source>
        <translation>记下这个代码</translation>
    </message>
    <message>
        <source>Other makers&apos; ({0})</source>
        <translation>别家的（{0}）</translation>
    </message>
    <message>
        <source>This looks like a card number</source>
        <translation>这像是银行卡号</translation>
    </message>
    <message>
        <source>It was not searched, kept or shown. Type only the code that the screen shows.</source>
        <translation>没有拿它去查，也没有保存或显示。请只输入屏幕上显示的代码。</translation>
    </message>
    <message>
        <source>Nothing typed yet</source>
        <translation>还没有输入</translation>
    </message>
    <message>
        <source>Choose one only if the screen shows exactly that.</source>
        <translation>屏幕上和它一模一样才能选。</translation>
    </message>
    <message>
        <source>Do the general checks.</source>
        <translation>先做“通用排查”。</translation>
    </message>
    <message>
        <source>Not found: “{0}”</source>
        <translation>没有“{0}”</translation>
    </message>
    <message>
        <source>Nothing found for “{0}”</source>
        <translation>没有查到“{0}”</translation>
    </message>
    <message>
        <source>Look at the screen once more and type exactly what it shows, or a few words of it.</source>
        <translation>请再看一眼屏幕，照着原样输入，或者只输入其中几个字。</translation>
    </message>
    <message>
        <source>Not found: “{0}”. Did you mean one of these?</source>
        <translation>没有查到“{0}”。是不是下面的哪一个？</translation>
    </message>
    <message>
        <source>These are only guesses. Choose one only if the screen shows exactly that.</source>
        <translation>这些只是猜测。屏幕上显示的和哪一个完全一样，才选哪一个。</translation>
    </message>
    <message>
        <source>Found by words: {0}</source>
        <translation>按文字查到：{0}</translation>
    </message>
    <message>
        <source>Read as {0}</source>
        <translation>按 {0} 查的</translation>
    </message>
    <message>
        <source>“{0}” has {1} sources: which screen showed it?</source>
        <translation>“{0}”有 {1} 种来源：是哪个屏幕显示的？</translation>
    </message>
    <message>
        <source>Found: {0}</source>
        <translation>查到：{0}</translation>
    </message>
</context>
<context>
    <name>ScreenChooser</name>
    <message>
        <source>Which screen showed it?</source>
        <translation>是哪个屏幕显示的？</translation>
    </message>
    <message>
        <source>None of these, or I can&apos;t tell</source>
        <translation>都不是，或看不出来</translation>
    </message>
    <message>
        <source>The safe checks stay: the money may have moved, so look at the last sale first.</source>
        <translation>先按“可能已扣款”处理：查上一笔再说。</translation>
    </message>
    <message>
        <source>Other screens ({0})</source>
        <translation>别的屏幕 {0} 种</translation>
    </message>
    <message>
        <source>Rarer ones, and other makers&apos;</source>
        <translation>少见的，和别家的机器</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>What does the screen show?</source>
        <translation>屏幕上显示什么？</translation>
    </message>
    <message>
        <source>Type the code or what the screen says</source>
        <translation>输入代码或屏幕上的字</translation>
    </message>
    <message>
        <source>Code or message</source>
        <translation>代码或提示</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Our machines and settings</source>
        <translation>本店设备和设置</translation>
    </message>
    <message>
        <source>Earlier cases (Ctrl+H)</source>
        <translation>以前的处理记录（Ctrl+H）</translation>
    </message>
    <message>
        <source>Machines, the shop&apos;s details, language, text size and colours</source>
        <translation>设备、商户信息、语言、字号和颜色</translation>
    </message>
    <message>
        <source>Type the code or what the screen says: E1, 11, 小票打不出</source>
        <translation>输入代码或屏幕上的字：E1、11、小票打不出</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>返回（Alt+←）</translation>
    </message>
    <message>
        <source>Switch to English</source>
        <translation>切换到英文</translation>
    </message>
    <message>
        <source>Switch to Chinese</source>
        <translation>切换到中文</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>字小一点</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>字大一点</translation>
    </message>
    <message>
        <source>Put what helped here first</source>
        <translation>这里管用的办法排在前面</translation>
    </message>
    <message>
        <source>In the tabs, never before a check or a stop sign. Off: the same order everywhere.</source>
        <translation>只在标签页里，不会越过该先查的和有警示的步骤。关掉：顺序固定不变。</translation>
    </message>
    <message>
        <source>Our machines</source>
        <translation>本店设备</translation>
    </message>
    <message>
        <source>Codes are read for these first. Each can have its own terminal ID and hotline.</source>
        <translation>代码先按这些设备来认。每台可以填自己的终端号和客服电话。</translation>
    </message>
    <message>
        <source>Choose machines...</source>
        <translation>选设备…</translation>
    </message>
    <message>
        <source>Keep ended cases for</source>
        <translation>处理完的记录保留多久</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 天</translation>
    </message>
    <message>
        <source>180 days</source>
        <translation>180 天</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>一年</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>一直保留</translation>
    </message>
    <message>
        <source>Older ones are deleted for good on Save and at each start. Open cases always stay.</source>
        <translation>更早的在保存时和每次启动时彻底删除；还在处理的一直保留。</translation>
    </message>
    <message>
        <source>Back up and restore</source>
        <translation>备份与恢复</translation>
    </message>
    <message>
        <source>Move everything to another PC, or go back to the copy of an earlier day.</source>
        <translation>把全部数据搬到另一台电脑，或者回到前几天的备份。</translation>
    </message>
    <message>
        <source>Back up or restore...</source>
        <translation>备份与恢复…</translation>
    </message>
    <message>
        <source>Shop details</source>
        <translation>本店资料</translation>
    </message>
    <message>
        <source>Filled in once, printed on every sheet. The hotline asks for them.</source>
        <translation>填一次，每张处理单都会带上。打客服电话时会问到。</translation>
    </message>
    <message>
        <source>Terminal ID (TID)</source>
        <translation>终端号（TID）</translation>
    </message>
    <message>
        <source>Acquirer&apos;s hotline</source>
        <translation>收单机构客服电话</translation>
    </message>
    <message>
        <source>Merchant ID (MID)</source>
        <translation>商户号（MID）</translation>
    </message>
    <message>
        <source>Acquirer</source>
        <translation>收单机构</translation>
    </message>
    <message>
        <source>Shop name</source>
        <translation>商户名称</translation>
    </message>
    <message>
        <source>Contact person and phone</source>
        <translation>联系人和电话</translation>
    </message>
    <message>
        <source>Terminal model</source>
        <translation>机器型号</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>POS Helper {0} · catalog {1}
Your data stay on this computer, in: {2}</source>
        <translation>POS Helper {0} · 代码库 {1}
数据只存在这台电脑上：{2}</translation>
    </message>
</context>
<context>
    <name>ShopLine</name>
    <message>
        <source>Hotline {0}</source>
        <translation>客服电话 {0}</translation>
    </message>
    <message>
        <source>Merchant ID {0}</source>
        <translation>商户号 {0}</translation>
    </message>
    <message>
        <source>Terminal ID {0}</source>
        <translation>终端号 {0}</translation>
    </message>
</context>
<context>
    <name>SolvedDialog</name>
    <message>
        <source>Solved</source>
        <translation>已解决</translation>
    </message>
    <message>
        <source>Which step solved it?</source>
        <translation>是哪一步解决的？</translation>
    </message>
    <message>
        <source>It went away by itself</source>
        <translation>自己好了</translation>
    </message>
</context>
<context>
    <name>StartBoard</name>
    <message>
        <source>Machines of this shop: codes are read for these first</source>
        <translation>本店设备（代码先按这些设备来认）</translation>
    </message>
    <message>
        <source>Add a machine</source>
        <translation>加设备</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Start</source>
        <translation>开始页</translation>
    </message>
    <message>
        <source>What does the screen show?</source>
        <translation>屏幕上显示什么？</translation>
    </message>
    <message>
        <source>Type the code or the words above, or touch what is most like it. Everything stays on this computer; no network is needed.</source>
        <translation>在上面输入代码或屏幕上的字，或者点下面最像的一件事。内容只存在这台电脑上，不用联网。</translation>
    </message>
</context>
<context>
    <name>StepMenu</name>
    <message>
        <source>Write a note...</source>
        <translation>写备注…</translation>
    </message>
    <message>
        <source>Hide how</source>
        <translation>收起做法</translation>
    </message>
    <message>
        <source>Show how</source>
        <translation>看怎么做</translation>
    </message>
</context>
<context>
    <name>StopSignDialog</name>
    <message>
        <source>Stop: read this first</source>
        <translation>先停一下：看完再做</translation>
    </message>
    <message>
        <source>Who may do it: {0}</source>
        <translation>谁可以做：{0}</translation>
    </message>
    <message>
        <source>I have read this, go on</source>
        <translation>看过了，继续</translation>
    </message>
</context>
<context>
    <name>TipMenu</name>
    <message>
        <source>No more</source>
        <translation>不再提醒</translation>
    </message>
</context>
<context>
    <name>WorkPage</name>
    <message>
        <source>The answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>There is no answer yet. Type only the code that the screen shows, or a few words of it.</source>
        <translation>还没有答案。只输入屏幕上的代码，或者上面的几个字。</translation>
    </message>
</context>
<context>
    <name>_BackupModel</name>
    <message>
        <source>{0}, before a backup was restored</source>
        <translation>{0}，恢复备份之前</translation>
    </message>
</context>
<context>
    <name>_Panel</name>
    <message>
        <source>Done</source>
        <translation>做好了</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>明天再说</translation>
    </message>
    <message>
        <source>Ask again tomorrow</source>
        <translation>明天再问</translation>
    </message>
    <message>
        <source>No more</source>
        <translation>不再提醒</translation>
    </message>
</context>
</TS>
